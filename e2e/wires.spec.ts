import type { Page } from '@playwright/test';
import {
  graphNodes,
  openFile,
  savedText,
  templateText,
  visit,
  visitTemplate,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { dropKind, expectOneStep, focusCanvas, pullLink, type Place } from './fixtures/drawing';
import {
  centreOf,
  drag,
  edgesOf,
  emptyPlace,
  ends,
  graphOf,
  onEdge,
  read,
  type Graph,
} from './fixtures/wires';

const lit = (page: Page) => page.locator('[data-edge-state="taking"]');
const notice = (page: Page) => page.getByTestId('notice');

test('links are led elsewhere, replaced and taken away, each in one undo step', async ({
  page,
}) => {
  await visitTemplate(page, 'jepa');
  await focusCanvas(page);
  const start = await graphOf(page);
  const target = start.edges.find(({ target: id, targetPort }) => {
    const node = start.nodes.find((one) => one.id === id);
    return node?.kind.startsWith('energy.') && targetPort === 'a';
  });
  if (!target) throw new Error('the template has changed');
  const [source, energy] = [target.source, target.target];

  await test.step('dropped on an input that is taken, a link takes its place, and the page says so', async () => {
    const before = await graphOf(page);
    const encoder = before.edges.find(({ target: id }) => id === energy && id !== source);
    expect(encoder).toBeDefined();
    const other = before.edges.find(
      ({ target: id, targetPort }) => id === energy && targetPort === 'b',
    );
    const text = await expectOneStep(page, async () => {
      await pullLink(page, `output:${source}.${target.sourcePort}`, `input:${energy}.b`);
      await expect(notice(page)).toHaveText(/^The link from “.*” was replaced\.$/);
    });
    expect(edgesOf(read(text))).toContain(`${source}.${target.sourcePort} → ${energy}.b`);
    expect(edgesOf(read(text))).not.toContain(other && ends(other));
    await page.keyboard.press('Control+z');
  });

  await test.step('pulled off its input and dropped on nothing, a link is gone', async () => {
    const text = await expectOneStep(page, async () => {
      await drag(page, await centreOf(page, `input:${energy}.a`), await emptyPlace(page));
      await expect(notice(page)).toHaveText(/^The link from “.*” was removed\.$/);
    });
    expect(edgesOf(read(text))).not.toContain(ends(target));
    expect(read(text).edges).toHaveLength(start.edges.length - 1);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('Control+z');
  });

  await test.step('Escape keeps it, and so does letting go where it was', async () => {
    const before = await savedText(page);
    const input = await centreOf(page, `input:${energy}.a`);
    await drag(page, input, await emptyPlace(page), false);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await drag(page, input, { x: input.x - 6, y: input.y });
    await drag(page, input, { x: input.x - 14, y: input.y + 4 });
    expect(await savedText(page)).toBe(before);
    await expect(page.getByTestId('refusal')).toHaveCount(0);
  });

  await test.step('pulled off its input and dropped on another, it leads there', async () => {
    await dropKind(page, 'energy.l1', { x: 700, y: 60 });
    const added = (await graphOf(page)).nodes.at(-1)?.id ?? '';
    await focusCanvas(page);
    const text = await expectOneStep(page, () =>
      pullLink(page, `input:${energy}.a`, `input:${added}.a`),
    );
    const moved = read(text).edges.find(({ id }) => id === target.id);
    expect(moved && ends(moved)).toBe(`${source}.${target.sourcePort} → ${added}.a`);
    await page.keyboard.press('Control+z');

    // By its other end, once the edge is selected.
    const middle = await onEdge(page, target.id);
    await page.mouse.click(middle.x, middle.y);
    const port = await centreOf(page, `output:${source}.${target.sourcePort}`);
    const encoder = start.nodes.find(({ label }) => label === 'Encoder y')?.id ?? '';
    const led = await expectOneStep(page, async () =>
      drag(page, { x: port.x + 16, y: port.y }, await centreOf(page, `output:${encoder}.out`)),
    );
    const from = read(led).edges.find(({ id }) => id === target.id);
    expect(from && ends(from)).toBe(`${encoder}.out → ${energy}.a`);
    await page.keyboard.press('Control+z');

    // By keyboard.
    await page.mouse.click(middle.x, middle.y);
    const typed = await expectOneStep(page, async () => {
      await page.keyboard.press('m');
      await page.getByPlaceholder(/^Connect “/).fill(`${added} b`);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    });
    expect(edgesOf(read(typed))).toContain(`${source}.${target.sourcePort} → ${added}.b`);
  });
});

test('a node goes onto an edge, and edges are bent', async ({ page }) => {
  await visit(page);
  // With long edges.
  const parabola = read(templateText('parabola'));
  const nodes = parabola.nodes.map(({ position: { x, y }, ...node }) => ({
    ...node,
    position: { x: node.kind.startsWith('data.') ? x : x + 240, y },
  }));
  await openFile(page, { name: 'wide.json', content: JSON.stringify({ ...parabola, nodes }) });
  await expect(graphNodes(page)).toHaveCount(nodes.length);
  await focusCanvas(page);
  const start = await graphOf(page);
  const edge = start.edges.find(({ target }) => {
    const node = start.nodes.find(({ id }) => id === target);
    return node?.kind === 'module.mlp';
  });
  if (!edge) throw new Error('the template has changed');
  const canvas = await page.getByTestId('canvas').boundingBox();
  const inCanvas = ({ x, y }: Place): Place => ({
    x: x - (canvas?.x ?? 0),
    y: y - (canvas?.y ?? 0),
  });
  const expectBetween = (graph: Graph, id: string): void => {
    const before = graph.edges.find(({ target }) => target === id);
    const after = graph.edges.find(({ source }) => source === id);
    expect(before).toMatchObject({ source: edge.source, sourcePort: edge.sourcePort });
    expect(after).toMatchObject({ target: edge.target, targetPort: edge.targetPort });
    expect(edgesOf(graph)).not.toContain(ends(edge));
  };

  await test.step('from the palette', async () => {
    let id = '';
    const text = await expectOneStep(page, async () => {
      const place = await onEdge(page, edge.id);
      const item = page.getByTestId('palette:module.linear');
      await item.hover();
      await page.mouse.down();
      await page.mouse.move(place.x - 60, place.y - 60, { steps: 3 });
      await expect(lit(page)).toHaveCount(0);
      await page.mouse.move(place.x, place.y, { steps: 3 });
      await page.mouse.move(place.x + 1, place.y);
      await expect(lit(page)).toHaveCount(1);
      await page.mouse.up();
      await expect(graphNodes(page)).toHaveCount(start.nodes.length + 1);
    });
    id = read(text).nodes.at(-1)?.id ?? '';
    expectBetween(read(text), id);
    await page.keyboard.press('Control+z');
  });

  await test.step('what has no such ports does not light it up', async () => {
    const place = await onEdge(page, edge.id);
    await page.getByTestId('palette:energy.squared').hover();
    await page.mouse.down();
    await page.mouse.move(place.x, place.y, { steps: 4 });
    await page.mouse.move(place.x + 1, place.y);
    await expect(lit(page)).toHaveCount(0);
    await page.keyboard.press('Escape');
    await page.mouse.up();
  });

  await test.step('a node that has no links yet', async () => {
    const at = inCanvas(await onEdge(page, edge.id));
    const id = await dropKind(page, 'module.linear', { x: at.x, y: at.y + 190 });
    await focusCanvas(page);
    const node = await page.locator(`.react-flow__node[data-id="${id}"]`).boundingBox();
    const place = await onEdge(page, edge.id);
    const from = { x: (node?.x ?? 0) + 30, y: (node?.y ?? 0) + 12 };
    const offset = {
      x: place.x - (node?.x ?? 0) - (node?.width ?? 0) / 2,
      y: place.y - (node?.y ?? 0) - (node?.height ?? 0) / 2,
    };
    const text = await expectOneStep(page, async () => {
      await drag(page, from, { x: from.x + offset.x, y: from.y + offset.y }, false);
      await expect(lit(page)).toHaveCount(1);
      await page.mouse.up();
    });
    expectBetween(read(text), id);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect(graphNodes(page)).toHaveCount(start.nodes.length);
  });

  const select = async (): Promise<void> => {
    const { x, y } = await onEdge(page, edge.id, 0.75);
    await page.mouse.click(x, y);
    await expect(page.locator('.react-flow__edge.selected')).toHaveCount(1);
  };
  await test.step('by keyboard', async () => {
    await select();
    const text = await expectOneStep(page, async () => {
      await page.keyboard.press('i');
      await expect(page.getByRole('dialog', { name: 'Nodes that fit on the edge' })).toBeVisible();
      await page.keyboard.type('linear');
      await page.keyboard.press('Enter');
      await expect(graphNodes(page)).toHaveCount(start.nodes.length + 1);
    });
    expectBetween(read(text), read(text).nodes.at(-1)?.id ?? '');
    await page.keyboard.press('Control+z');
  });

  const bendsOf = (text: string) => read(text).edges.find(({ id }) => id === edge.id)?.bends ?? [];
  const bend = page.getByTestId(`bend:${edge.id}.0`);
  await test.step('a double-click bends an edge, a drag moves the bend, a double-click takes it away', async () => {
    const added = await expectOneStep(page, async () => {
      const { x, y } = await onEdge(page, edge.id);
      await page.mouse.dblclick(x, y);
      await expect(bend).toHaveCount(1);
    });
    expect(bendsOf(added)).toHaveLength(1);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    const at = await centreOf(page, `bend:${edge.id}.0`);
    const moved = await expectOneStep(page, () => drag(page, at, { x: at.x + 20, y: at.y + 80 }));
    const [before, after] = [bendsOf(added)[0], bendsOf(moved)[0]];
    expect((after?.y ?? 0) - (before?.y ?? 0)).toBeGreaterThan(20);
    // The line goes through it.
    const line = await onEdge(page, edge.id);
    expect(line.y).toBeGreaterThan(at.y + 30);

    // Escape puts it back.
    const held = await centreOf(page, `bend:${edge.id}.0`);
    await drag(page, held, { x: held.x, y: held.y - 120 }, false);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(bendsOf(await savedText(page))).toEqual([after]);

    // Where both ends go, the bend goes along.
    await page.keyboard.press('Control+a');
    const carried = await expectOneStep(page, () => page.keyboard.press('Shift+ArrowDown'));
    expect(bendsOf(carried)).toEqual([{ x: after?.x, y: (after?.y ?? 0) + 40 }]);
    await page.keyboard.press('Control+z');
    await focusCanvas(page);

    const gone = await expectOneStep(page, async () => {
      await bend.dblclick();
      await expect(bend).toHaveCount(0);
    });
    expect(bendsOf(gone)).toEqual([]);
  });

  await test.step('keys bend, move and straighten', async () => {
    await select();
    await expectOneStep(page, () => page.keyboard.press('b'));
    await select();
    const bent = await savedText(page);
    const moved = await expectOneStep(page, async () => {
      for (let press = 0; press < 2; press++) await page.keyboard.down('ArrowDown');
      await page.keyboard.up('ArrowDown');
    });
    expect(bendsOf(moved)[0]?.y).toBe((bendsOf(bent)[0]?.y ?? 0) + 16);
    await select();
    expect(bendsOf(await expectOneStep(page, () => page.keyboard.press('s')))).toEqual([]);
    // A bend goes with its edge.
    await select();
    await page.keyboard.press('b');
    await select();
    await page.keyboard.press('Delete');
    await expect(bend).toHaveCount(0);
  });
});
