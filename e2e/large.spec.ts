import type { Page } from '@playwright/test';
import {
  graphEdges,
  graphNodes,
  nodeNamed,
  openFile,
  preferEngine,
  runButton,
  title,
  visit,
  waitForStep,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { countCalls } from './fixtures/callCounts';
import { denseGraph, largeGraph } from './fixtures/largeGraph';

const ANALYSIS = 'src/compiler/analysis/analyse.ts';
const VIEWS = 'src/editor/model/buildViews.ts';
const NODE = 'src/editor/canvas/node/GraphNode.tsx';
const EDGE = 'src/editor/canvas/edge/GraphEdge.tsx';

/** Of the pointer in one drag. */
const MOVES = 40;

interface Frames {
  readonly frames: number;
  /** Milliseconds from frame to frame. */
  readonly median: number;
  readonly p95: number;
  /** Milliseconds of the main thread for a frame: all of it, and its scripts, styles and layout. */
  readonly busy: number;
  readonly script: number;
  readonly style: number;
  readonly layout: number;
}

const METRICS = {
  busy: 'TaskDuration',
  script: 'ScriptDuration',
  style: 'RecalcStyleDuration',
  layout: 'LayoutDuration',
} as const;

/** What the frames cost while something is done. */
async function frameTimes(page: Page, action: () => Promise<void>): Promise<Frames> {
  const recorder = await page.evaluateHandle(() => {
    const times: number[] = [];
    let going = true;
    const note = (time: number): void => {
      times.push(time);
      if (going) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    return {
      stop() {
        going = false;
        return times.slice(1).map((time, index) => time - (times[index] ?? time));
      },
    };
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return new Map(metrics.map(({ name, value }) => [name, value * 1000]));
  };
  const before = await spent();
  await action();
  const after = await spent();
  await session.detach();
  const deltas = (await recorder.evaluate((one) => one.stop())).sort((a, b) => a - b);
  const round = (value = NaN): number => Math.round(value * 10) / 10;
  const at = (part: number) => round(deltas[Math.floor(part * (deltas.length - 1))]);
  const perFrame = (name: string): number =>
    round(((after.get(name) ?? NaN) - (before.get(name) ?? NaN)) / deltas.length);
  return {
    frames: deltas.length,
    median: at(0.5),
    p95: at(0.95),
    busy: perFrame(METRICS.busy),
    script: perFrame(METRICS.script),
    style: perFrame(METRICS.style),
    layout: perFrame(METRICS.layout),
  };
}

interface Offset {
  readonly x: number;
  readonly y: number;
}

/** Presses at a place, goes to the far end and back to the near one in many small moves, and lets go. */
async function drag(page: Page, from: Offset, far: Offset, near: Offset): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + far.x, from.y + far.y, { steps: MOVES / 2 });
  await page.mouse.move(from.x + near.x, from.y + near.y, { steps: MOVES / 2 });
  await page.mouse.up();
}

async function centreOf(page: Page, label: string) {
  const box = await nodeNamed(page, label).boundingBox();
  if (box === null) throw new Error(`${label} is not on the canvas`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('300 nodes and 400 edges: opened, moved, compiled and run', async ({ page }, info) => {
  const graph = largeGraph({ nodes: 300, edges: 400 });
  expect([graph.nodes.length, graph.edges.length]).toEqual([300, 400]);
  await preferEngine(page, 'tfjs');
  await visit(page);
  const start = Date.now();
  await openFile(page, { name: 'large.json', content: JSON.stringify(graph) });
  await expect(title(page)).toHaveValue(graph.title);
  await expect(graphNodes(page)).not.toHaveCount(0);
  const opened = Date.now() - start;
  // It opens where its data is; the whole of it is what is hard to draw.
  await page.keyboard.press('f');
  await expect(graphNodes(page)).toHaveCount(300);
  await expect(page.getByTestId('problems')).not.toHaveAccessibleName(/error/);
  await expect(page.getByTestId('inspector')).toContainText('300 nodes · 400 edges');
  await info.attach('large', { body: await page.screenshot(), contentType: 'image/png' });

  const canvas = await page.getByTestId('canvas').boundingBox();
  const corner = { x: (canvas?.x ?? 0) + 12, y: (canvas?.y ?? 0) + 12 };
  // Far enough to see, and not so far that nodes leave the view.
  const pan = () => drag(page, corner, { x: 40, y: 20 }, { x: 0, y: 0 });
  const dragNode = async () =>
    drag(page, await centreOf(page, 'Layer 104'), { x: 60, y: 48 }, { x: 20, y: 16 });

  const panning = await frameTimes(page, pan);
  const dragging = await frameTimes(page, dragNode);

  // The camera moves everything at once: nothing is drawn again, let alone analysed.
  const watched = [ANALYSIS, VIEWS, NODE, EDGE];
  const whilePanning = await countCalls(page, watched, pan);
  expect(whilePanning).toEqual({ [ANALYSIS]: 0, [VIEWS]: 0, [NODE]: 0, [EDGE]: 0 });
  // Of a drag the moved node, its four ports and its edges are drawn again, once a move, and the others not at all.
  const whileDragging = await countCalls(page, watched, dragNode);
  expect(whileDragging[ANALYSIS]).toBe(0);
  expect(whileDragging[NODE]).toBeGreaterThan(0);
  expect(whileDragging[NODE]).toBeLessThan(5 * MOVES);
  expect(whileDragging[EDGE]).toBeLessThan(5 * MOVES);
  // The watch sees what there is to see: a label stands in the formula.
  const whileNaming = await countCalls(page, watched, async () => {
    const label = page.getByTestId('inspector').getByRole('textbox', { name: 'Label' });
    await label.fill('Renamed');
    await expect(nodeNamed(page, 'Renamed')).toHaveCount(1);
  });
  expect(whileNaming[ANALYSIS]).toBeGreaterThan(0);
  expect(whileNaming[NODE]).toBeLessThan(20);

  const pressed = Date.now();
  await runButton(page).click();
  await waitForStep(page, 1);
  const firstStep = Date.now() - pressed;
  const figures = { opened, panning, dragging, whileDragging, whileNaming, firstStep };
  console.log(`300 nodes, 400 edges: ${JSON.stringify(figures)}`);
  await info.attach('figures', { body: JSON.stringify(figures, null, 2) });
});

test('2000 nodes and 8000 edges: opened, selected, deleted, taken back and run', async ({
  page,
}, info) => {
  const graph = denseGraph({ nodes: 2000, edges: 8000 });
  expect([graph.nodes.length, graph.edges.length]).toEqual([2000, 8000]);
  await preferEngine(page, 'tfjs');
  await visit(page);
  const figures: Record<string, number> = {};
  const timed = async (what: string, action: () => Promise<void>): Promise<void> => {
    const start = Date.now();
    await action();
    figures[what] = Date.now() - start;
  };
  await timed('open', async () => {
    await openFile(page, { name: 'dense.json', content: JSON.stringify(graph) });
    await expect(title(page)).toHaveValue(graph.title);
    await expect(page.getByTestId('inspector')).toContainText('2000 nodes · 8000 edges');
  });
  await expect(graphNodes(page)).not.toHaveCount(0);
  const drawn = { nodes: await graphNodes(page).count(), edges: await graphEdges(page).count() };
  expect(drawn.nodes).toBeLessThan(200);

  await page.getByTestId('canvas').click({ position: { x: 12, y: 12 } });
  const undo = page.getByRole('banner').getByRole('button', { name: /^Undo(:|$)/ });
  await timed('select all', async () => {
    await page.keyboard.press('Control+a');
    await expect(page.getByTestId('inspector')).toContainText('2000 nodes');
  });
  // Of a list of all no more is drawn than is looked at.
  const members = page.getByTestId('inspector').getByRole('list').last().getByRole('listitem');
  expect(await members.count()).toBeLessThan(300);
  await expect(members.last()).toHaveText('Show all 2,000');

  const removeAll = async (): Promise<void> => {
    await page.keyboard.press('Delete');
    await expect(graphNodes(page)).toHaveCount(0);
  };
  await timed('delete', removeAll);
  await timed('undo', async () => {
    await page.keyboard.press('Control+z');
    await expect(graphNodes(page)).not.toHaveCount(0);
    await expect(undo).toBeDisabled();
  });

  // What is not in view is not drawn, not even on its way out. What comes back is known.
  await page.keyboard.press('Control+a');
  await expect(page.getByTestId('inspector')).toContainText('2000 nodes');
  const whileDeleting = await countCalls(page, [NODE, EDGE], removeAll);
  expect(whileDeleting[NODE]).toBeLessThan(2 * drawn.nodes + 10);
  expect(whileDeleting[EDGE]).toBeLessThan(2 * drawn.edges + 10);
  const whileUndoing = await countCalls(page, [ANALYSIS], async () => {
    await page.keyboard.press('Control+z');
    await expect(graphNodes(page)).not.toHaveCount(0);
    await expect(undo).toBeDisabled();
  });
  expect(whileUndoing).toEqual({ [ANALYSIS]: 0 });

  await timed('run', async () => {
    await runButton(page).click();
    await waitForStep(page, 1);
  });
  console.log(`2000 nodes, 8000 edges: ${JSON.stringify({ ...figures, drawn, whileDeleting })}`);
  await info.attach('figures', { body: JSON.stringify(figures, null, 2) });
});
