import type { Page } from '@playwright/test';
import { graphEdges, graphNodes, nodeNamed, visitTemplate } from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { expectOneStep, focusCanvas } from './fixtures/drawing';
import { drag, edgeOf, edgesOf, emptyPlace, graphOf, onEdge, read } from './fixtures/wires';

const menu = (page: Page) => page.getByRole('menu');

test('copies by Alt-drag, other kinds, and the menu of what is under the pointer', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await visitTemplate(page, 'jepa');
  await focusCanvas(page);
  const start = await graphOf(page);
  const count = start.nodes.length;
  const idOf = (label: string) => start.nodes.find((node) => node.label === label)?.id ?? '';

  await test.step('Alt-drag copies a group with the edges among its nodes, under new ids', async () => {
    for (const label of ['Encoder x', 'Predictor'])
      await nodeNamed(page, label).click({ modifiers: ['Control'], position: { x: 50, y: 20 } });
    await page.keyboard.press('Control+g');
    const frame = await page.locator('.react-flow__node-frame').boundingBox();
    const from = { x: (frame?.x ?? 0) + 20, y: (frame?.y ?? 0) + 8 };
    const before = await graphOf(page);
    const text = await expectOneStep(page, async () => {
      await page.keyboard.down('Alt');
      await drag(page, from, { x: from.x + 40, y: from.y + 240 });
      await page.keyboard.up('Alt');
      await expect(graphNodes(page)).toHaveCount(count + 2);
    });
    const after = read(text);
    expect(after.nodes.slice(0, count)).toEqual(before.nodes);
    expect(after.groups).toHaveLength(2);
    const inner = edgeOf(before, `${idOf('Encoder x')}.out → ${idOf('Predictor')}.in`);
    const added = after.edges.slice(before.edges.length);
    expect(added).toHaveLength(1);
    expect(added[0]).toMatchObject({ sourcePort: inner.sourcePort, targetPort: inner.targetPort });
    const ids = after.nodes.slice(count).map(({ id }) => id);
    expect(ids).toContain(added[0]?.source);
    expect(ids).toContain(added[0]?.target);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
  });

  await test.step('another kind keeps what fits, and says what it has lost', async () => {
    await nodeNamed(page, 'Encoder x').click({ position: { x: 50, y: 20 } });
    await page.keyboard.press('k');
    const dialog = page.getByRole('dialog', { name: /^Change the kind of “Encoder x”/ });
    await expect(dialog.getByRole('option', { name: /^Linear/ })).toBeVisible();
    await expect(dialog.getByRole('option', { name: /^Digits/ })).toHaveCount(0);
    await page.keyboard.press('Escape');
    const text = await expectOneStep(page, async () => {
      await page.keyboard.press('k');
      await page.keyboard.type('linear');
      await page.keyboard.press('Enter');
      await expect(dialog).toHaveCount(0);
    });
    const node = read(text).nodes.find(({ id }) => id === idOf('Encoder x'));
    expect(node).toMatchObject({ kind: 'module.linear', label: 'Encoder x' });
    const width = start.nodes.find(({ id }) => id === node?.id)?.params['width'];
    expect(node?.params['width']).toBe(width);
    expect(edgesOf(read(text))).toEqual(edgesOf(start));
    await page.keyboard.press('Control+z');
  });

  await test.step('the menu: on a node, an edge, a selection and the canvas', async () => {
    await focusCanvas(page);
    await nodeNamed(page, 'VICReg').click({ button: 'right', position: { x: 50, y: 20 } });
    await expect(menu(page)).toContainText('Change the kind of the node…');
    await expect(menu(page)).toContainText('Ctrl');
    const bypassed = await expectOneStep(page, async () => {
      await menu(page)
        .getByRole('menuitem', { name: /^Bypass/ })
        .click();
      await expect(menu(page)).toHaveCount(0);
    });
    expect(bypassed).toContain('"bypassed": true');
    await page.keyboard.press('Control+z');

    const { x, y } = await onEdge(page, start.edges[0]?.id ?? '');
    await page.mouse.click(x, y, { button: 'right' });
    await expect(menu(page)).toContainText('Bend the edge');
    await menu(page)
      .getByRole('menuitem', { name: /^Delete/ })
      .click();
    await expect(graphEdges(page)).toHaveCount(start.edges.length - 1);
    await page.keyboard.press('Control+z');

    await page.keyboard.press('Control+a');
    await page.mouse.click(x, y, { button: 'right' });
    await expect(menu(page)).toContainText('Group selection');
    await page.keyboard.press('Escape');
    await expect(menu(page)).toHaveCount(0);

    // Paste goes where the menu was opened.
    await focusCanvas(page);
    await nodeNamed(page, 'VICReg').click({ position: { x: 50, y: 20 } });
    await page.keyboard.press('Control+c');
    const empty = await emptyPlace(page);
    await page.mouse.click(empty.x, empty.y, { button: 'right' });
    await menu(page)
      .getByRole('menuitem', { name: /^Paste/ })
      .click();
    await expect(graphNodes(page)).toHaveCount(count + 1);
    const pasted = await graphNodes(page).last().boundingBox();
    expect(Math.abs((pasted?.x ?? 0) - empty.x)).toBeLessThan(12);
    await page.keyboard.press('Control+z');
  });

  await test.step('by key, with the keyboard back where it was', async () => {
    await focusCanvas(page);
    await nodeNamed(page, 'Predictor').click({ position: { x: 50, y: 20 } });
    await expect(page.locator('.react-flow__node-graph:focus')).toHaveCount(1);
    await page.keyboard.press('Shift+F10');
    await expect(menu(page)).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await expect(menu(page)).toHaveCount(0);
    await expect(page.locator('.react-flow__node-graph:focus')).toHaveCount(1);
    await page.keyboard.press('ContextMenu');
    // What opens a dialog leaves the keyboard to it.
    await menu(page)
      .getByRole('menuitem', { name: /^Change the kind/ })
      .press('Enter');
    await expect(page.getByPlaceholder(/^What should/)).toBeFocused();
    await page.keyboard.press('Escape');
  });
});
