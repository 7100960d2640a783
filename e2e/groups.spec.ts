import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import {
  decodeLink,
  dropFile,
  graphEdges,
  graphNodes,
  nodeNamed,
  preferEngine,
  runButton,
  savedText,
  templateText,
  visitTemplate,
} from './fixtures/actions';
import { addAxe, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { expectOneStep, focusCanvas } from './fixtures/drawing';
import { openTab, verdict } from './fixtures/runs';

interface Item {
  id: string;
  label: string;
  group?: string;
  position: { x: number; y: number };
}
interface Edge {
  source: string;
  target: string;
  targetPort: string;
}
interface Graph {
  nodes: Item[];
  edges: Edge[];
  groups: (Item & { collapsed?: true; color?: string })[];
}

/** Two levels, each in a group. */
const HIERARCHY = JSON.parse(templateText('h-jepa')) as Graph & { training: { steps: number } };
const inGroup = (id: string): string[] =>
  HIERARCHY.nodes.filter(({ group }) => group === id).map((node) => node.id);
const ALL = HIERARCHY.nodes.length;
const LEVEL1 = inGroup('level1');
const LEVEL2 = inGroup('level2');
/** Edges that are drawn while a group is collapsed: those among its nodes are not. */
const edgesOutside = (ids: readonly string[]): Edge[] =>
  HIERARCHY.edges.filter(({ source, target }) => !(ids.includes(source) && ids.includes(target)));
/** What enters level 2 from outside. */
const ENTERING = edgesOutside(LEVEL2).filter(({ target }) => LEVEL2.includes(target));
/** What a third level needs: inputs of its nodes, called as those of level 2, and what of level 2 leads there. */
const WIRES = [
  { input: 'pool2.in', from: 'encoder2.out' },
  { input: 'where2.in', from: 'every2.out' },
] as const;

const graphOf = async (page: Page) => JSON.parse(await savedText(page)) as Graph;

/** A group by its id: the frame, or the box where it is collapsed. */
const frame = (page: Page, id: string): Locator =>
  page.locator(`.react-flow__node-frame[data-id="${id}"]`);
const box = (page: Page, id: string): Locator =>
  page.locator(`.react-flow__node-box[data-id="${id}"]`);

const collapse = (page: Page, id: string): Promise<void> =>
  frame(page, id)
    .getByRole('button', { name: /^Collapse / })
    .click();

/** Clicks the label of a box. */
const selectBox = (page: Page, id: string): Promise<void> =>
  box(page, id).click({ position: { x: 30, y: 16 } });

/** Pulls a link from a port over a box, which then shows what it fits, and on to one of those ports. */
async function pullInside(page: Page, from: string, boxId: string, to: string): Promise<void> {
  const centre = async (place: Locator) => {
    const at = await place.boundingBox();
    if (at === null) throw new Error('it is not on the canvas');
    return [at.x + at.width / 2, at.y + at.height / 2] as const;
  };
  await expect(page.getByTestId(to)).toHaveCount(0);
  await page.mouse.move(...(await centre(page.getByTestId(from))));
  await page.mouse.down();
  await page.mouse.move(...(await centre(box(page, boxId))), { steps: 6 });
  await expect(page.getByTestId(to)).toHaveAttribute('data-link', 'fits');
  await page.mouse.move(...(await centre(page.getByTestId(to))), { steps: 6 });
  await page.mouse.up();
}

// All of the hierarchy is in view at the size that it opens with.
test.use({ viewport: { width: 2240, height: 1280 } });

test.beforeEach(async ({ page }) => preferEngine(page, 'tfjs'));

test('a level is one box, and opens again', async ({ page }) => {
  await addAxe(page);
  await visitTemplate(page, 'h-jepa');
  const formula = await page.getByTestId('objective').getAttribute('aria-label');
  await expect(graphNodes(page)).toHaveCount(ALL);
  await expect(graphEdges(page)).toHaveCount(HIERARCHY.edges.length);

  await test.step('its nodes and the edges among them give way to a box', async () => {
    const text = await expectOneStep(page, () => collapse(page, 'level2'));
    expect((JSON.parse(text) as Graph).groups.map(({ collapsed }) => collapsed)).toEqual([
      undefined,
      true,
    ]);
    await expect(graphNodes(page)).toHaveCount(ALL - LEVEL2.length);
    await expect(graphEdges(page)).toHaveCount(edgesOutside(LEVEL2).length);
    await expect(box(page, 'level2')).toContainText(`${LEVEL2.length} nodes`);
    for (const { target, targetPort } of ENTERING) {
      const port = box(page, 'level2').getByTestId(`input:${target}.${targetPort}`);
      await expect(port).toBeVisible();
    }
    // The graph is the same.
    await expect(page.getByTestId('objective')).toHaveAttribute('aria-label', formula ?? '');
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  });

  await test.step('it moves with all that is in it', async () => {
    const before = await graphOf(page);
    const at = await box(page, 'level2').boundingBox();
    const [x, y] = [(at?.x ?? 0) + 40, (at?.y ?? 0) + 14];
    const text = await expectOneStep(page, async () => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 30, y + 10, { steps: 3 });
      await page.mouse.move(x + 60, y + 20, { steps: 3 });
      await page.mouse.up();
    });
    const after = JSON.parse(text) as Graph;
    const moves = [...before.nodes, ...before.groups].flatMap((item, index) => {
      const now = [...after.nodes, ...after.groups][index] ?? item;
      const [dx, dy] = [now.position.x - item.position.x, now.position.y - item.position.y];
      return dx === 0 && dy === 0 ? [] : [{ group: item.group ?? item.id, dx, dy }];
    });
    expect(moves).toHaveLength(LEVEL2.length + 1);
    expect(new Set(moves.map((move) => JSON.stringify(move))).size).toBe(1);
    expect(moves[0]?.group).toBe('level2');
    await page.keyboard.press('Control+z');
  });

  await test.step('with Alt a drag leaves a copy', async () => {
    const { nodes } = await graphOf(page);
    const at = await box(page, 'level2').boundingBox();
    const [x, y] = [(at?.x ?? 0) + 40, (at?.y ?? 0) + 14];
    const text = await expectOneStep(page, async () => {
      await page.mouse.move(x, y);
      await page.keyboard.down('Alt');
      await page.mouse.down();
      await page.mouse.move(x + 100, y, { steps: 3 });
      await page.mouse.move(x + 200, y, { steps: 3 });
      await page.mouse.up();
      await page.keyboard.up('Alt');
    });
    const after = JSON.parse(text) as Graph;
    expect(after.nodes.slice(0, ALL)).toEqual(nodes);
    expect(after.nodes).toHaveLength(ALL + LEVEL2.length);
    expect(after.groups[2]?.position.x).toBeGreaterThan(after.groups[1]?.position.x ?? Infinity);
    await page.keyboard.press('Control+z');
  });

  await test.step('it has a name and the keyboard, and no barriers', async () => {
    await focusCanvas(page);
    await box(page, 'level2').focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect(box(page, 'level2')).toBeFocused();
    await expect(box(page, 'level2')).toHaveAccessibleName(
      new RegExp(`^Collapsed group Level 2: .*\\. ${LEVEL2.length} nodes`),
    );
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expectAccessible(page, 'a collapsed group');
  });

  await test.step('a key opens it, and so do a double-click and its button', async () => {
    await expectOneStep(page, () => page.keyboard.press('e'));
    await expect(graphNodes(page)).toHaveCount(ALL);
    await page.keyboard.press('e');
    await expect(graphNodes(page)).toHaveCount(ALL - LEVEL2.length);
    // On its label it would be for the name.
    await box(page, 'level2').dblclick();
    await expect(graphNodes(page)).toHaveCount(ALL);
    await collapse(page, 'level2');
    await box(page, 'level2')
      .getByRole('button', { name: /^Open / })
      .click();
    await expect(graphNodes(page)).toHaveCount(ALL);
  });

  await test.step('a link reaches ports inside, also by keyboard', async () => {
    await collapse(page, 'level2');
    await selectBox(page, 'level2');
    await page.keyboard.press('c');
    const dialog = page.getByRole('dialog', { name: /^Connect “Level 2/ });
    await dialog
      .getByRole('option', { name: /Encoder 2/ })
      .first()
      .click();
    await expect(page.getByRole('dialog')).toContainText('Error 1 · mask');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});

test('a collapsed group and its colour are in the link', async ({ page, browser }) => {
  await visitTemplate(page, 'h-jepa');
  await collapse(page, 'level1');
  await page.getByRole('radio', { name: 'teal' }).check();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = await page.getByTestId('share-link').inputValue();
  const shared = decodeLink(link) as Graph;
  expect(shared.groups[0]).toMatchObject({ id: 'level1', collapsed: true, color: 'teal' });

  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await other.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
  await expect(box(other, 'level1')).toBeVisible();
  await expect(graphNodes(other)).toHaveCount(ALL - LEVEL1.length);
  await other.context().close();
});

test('a group is kept as a block and put into other graphs', async ({ page, context }) => {
  await visitTemplate(page, 'h-jepa');
  await collapse(page, 'level2');
  await page.getByTestId('inspector').getByRole('button', { name: 'Save to My blocks…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save to My blocks' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Level above');
  await page.keyboard.press('Enter');
  const mine = page.getByTestId('my-blocks');
  await expect(mine.getByRole('button', { name: 'Level above' })).toBeVisible();

  const tab = await context.newPage();
  await test.step('another tab sees it, inserts it by search and by drag', async () => {
    await tab.goto('/');
    await tab
      .getByRole('button', { name: 'New document' })
      .or(tab.getByTestId('run'))
      .first()
      .waitFor();
    await tab.keyboard.press('Control+k');
    await tab.getByRole('option', { name: /^New document/ }).click();
    await expect(graphNodes(tab)).toHaveCount(0);
    await tab.keyboard.press('/');
    await tab.getByRole('dialog', { name: 'Add a node' }).getByRole('combobox').fill('above');
    await tab.keyboard.press('Enter');
    await expect(tab.locator('.react-flow__node-box')).toHaveCount(1);
    await tab
      .getByTestId('my-blocks')
      .getByRole('button', { name: 'Level above' })
      .dragTo(tab.getByTestId('canvas'), { targetPosition: { x: 200, y: 150 } });
    await expect(tab.locator('.react-flow__node-box')).toHaveCount(2);
    const { nodes, groups } = await graphOf(tab);
    expect(nodes).toHaveLength(2 * LEVEL2.length);
    expect(groups.every(({ collapsed }) => collapsed === true)).toBe(true);
    expect(new Set(nodes.map(({ group }) => group)).size).toBe(2);
  });

  await test.step('a click inserts it as one step', async () => {
    const text = await expectOneStep(page, () =>
      mine.getByRole('button', { name: 'Level above' }).click(),
    );
    expect((JSON.parse(text) as Graph).groups).toHaveLength(3);
  });

  await test.step('it is renamed, exported, removed, and comes back from its file', async () => {
    await mine.getByRole('button', { name: /^Rename, export or remove/ }).click();
    const list = page.getByRole('dialog', { name: 'My blocks' });
    const name = list.getByRole('textbox', { name: 'Name of Level above' });
    await name.fill('Upper level');
    await name.press('Enter');
    await expect(
      tab.getByTestId('my-blocks').getByRole('button', { name: 'Upper level' }),
    ).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      list.getByRole('button', { name: 'Save Upper level as a file' }).click(),
    ]);
    const content = readFileSync(await download.path(), 'utf8');
    expect(JSON.parse(content)).toMatchObject({ format: 'basin-block', name: 'Upper level' });
    await list.getByRole('button', { name: 'Remove Upper level' }).click();
    await page
      .getByRole('dialog', { name: /^Remove/ })
      .getByRole('button', { name: 'Remove' })
      .click();
    await expect(list).toContainText('There are none yet.');
    await page.keyboard.press('Escape');
    await expect(mine).toHaveCount(0);
    await expect(tab.getByTestId('my-blocks')).toHaveCount(0);

    await dropFile(page, { name: 'upper-level.json', content });
    await expect(mine.getByRole('button', { name: 'Upper level' })).toBeVisible();
  });
  await tab.close();
});

test('a third level is added by duplicating the second, and trains healthy', async ({ page }) => {
  test.setTimeout(420_000);
  await visitTemplate(page, 'h-jepa');
  await collapse(page, 'level2');
  await focusCanvas(page);
  await collapse(page, 'level1');
  await page.keyboard.press('f');

  await test.step('the copy has new ids, names and places, and says what it lacks', async () => {
    await selectBox(page, 'level2');
    const text = await expectOneStep(page, () => page.keyboard.press('Control+d'));
    const { nodes, groups, edges } = JSON.parse(text) as Graph;
    expect(nodes).toHaveLength(ALL + LEVEL2.length);
    expect(edges).toHaveLength(2 * HIERARCHY.edges.length - edgesOutside(LEVEL2).length);
    expect(groups).toHaveLength(3);
    const copies = nodes.slice(ALL);
    expect(new Set(copies.map(({ group }) => group))).toEqual(new Set([groups[2]?.id]));
    expect(copies.map(({ label }) => label)).toContain('Encoder 3');
    await page.keyboard.press('f');
    await expect(
      box(page, groups[2]?.id ?? '').getByRole('img', { name: /is not connected/ }),
    ).toBeVisible();
    await expect(runButton(page)).toHaveAttribute('aria-disabled', 'true');
  });

  await test.step('what level 2 gives is wired to its inputs', async () => {
    const { nodes } = await graphOf(page);
    for (const { input, from } of WIRES) {
      const [original = '', port = ''] = input.split('.');
      // Copies come in the order of their originals.
      const copy = nodes[ALL + LEVEL2.indexOf(original)];
      await pullInside(page, `input:${copy?.id}.${port}`, 'level2', `output:${from}`);
    }
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  });

  await test.step('it trains', async () => {
    await runButton(page).click();
    await expect(runButton(page)).toHaveText(/^Run/, { timeout: 300_000 });
    await expect(page.getByTestId('progress')).toHaveAttribute(
      'aria-valuenow',
      String(HIERARCHY.training.steps),
    );
    await expect(verdict(page)).toHaveText('Healthy');
    for (const group of (await graphOf(page)).groups) {
      await expect(
        box(page, group.id).getByRole('img', { name: /Encoder \d: Healthy/ }),
      ).toBeVisible();
    }
    const panel = await openTab(page, 'Collapse');
    await expect(panel).toContainText('Encoder 3');
  });
  await expect(nodeNamed(page, 'Moving dots')).toBeVisible();
});
