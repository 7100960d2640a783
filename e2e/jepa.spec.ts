import type { Page } from '@playwright/test';
import { graphEdges, graphNodes, savedText, visit } from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { nodeIds, pullLink } from './fixtures/drawing';

/**
 * A JEPA from nothing: digits, two views of each, one encoder for both by shared weights, a predictor, an energy between what
 * is predicted and what is there, and VICReg on both representations.
 *
 * A gesture by mouse is one drag or one click. By keyboard it is one command: its key, and the words that it asks for, each up
 * to Enter.
 */
const MOST_GESTURES = 12;

interface Graph {
  readonly nodes: readonly {
    readonly id: string;
    readonly kind: string;
    readonly params: object;
  }[];
  readonly edges: readonly {
    readonly source: string;
    readonly sourcePort: string;
    readonly target: string;
    readonly targetPort: string;
  }[];
}

async function expectJepa(page: Page): Promise<void> {
  const { nodes, edges } = JSON.parse(await savedText(page)) as Graph;
  const role = (params: object): string => ('role' in params ? String(params.role) : '');
  const nameOf = (id: string): string =>
    nodes.flatMap(({ id: own, kind, params }) =>
      own === id ? [[kind, role(params)].filter(Boolean).join(' ')] : [],
    )[0] ?? id;
  expect(nodes.map(({ id }) => nameOf(id)).sort()).toEqual([
    'data.digits',
    'energy.squared',
    'module.mlp encoder',
    'module.mlp encoder',
    'module.mlp predictor',
    'reg.vicreg',
    'view.dropout',
    'view.noise',
  ]);
  const links = edges.map(
    ({ source, sourcePort, target, targetPort }) =>
      `${nameOf(source)}.${sourcePort} → ${nameOf(target)}.${targetPort}`,
  );
  const [encoder, predictor] = ['module.mlp encoder', 'module.mlp predictor'];
  expect(links.sort()).toEqual(
    [
      'data.digits.x → view.dropout.in',
      'data.digits.x → view.noise.in',
      `view.dropout.out → ${encoder}.in`,
      `view.noise.out → ${encoder}.in`,
      `${encoder}.weights → ${encoder}.weights`,
      `${encoder}.out → ${predictor}.in`,
      `${predictor}.out → energy.squared.a`,
      `${encoder}.out → energy.squared.b`,
      `${encoder}.out → reg.vicreg.z`,
      `${encoder}.out → reg.vicreg.z`,
    ].sort(),
  );
  // The energy is between the two views: its other side does not come from the encoder that is predicted from.
  const into = (node: string, port: string) =>
    edges.filter(({ target, targetPort }) => target === node && targetPort === port);
  const [energy] = nodes.filter(({ kind }) => kind === 'energy.squared');
  const [direct] = into(energy?.id ?? '', 'b');
  const [predicted] = into(energy?.id ?? '', 'a');
  const [context] = into(predicted?.source ?? '', 'in');
  expect(direct?.source).not.toBe(context?.source);
  await expect(page.getByTestId('problems')).not.toHaveAccessibleName(/error/);
  await expect(page.getByTestId('run')).toHaveAttribute('aria-disabled', 'false');
}

async function emptyCanvas(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Start from an empty canvas' }).click();
  await expect(graphNodes(page)).toHaveCount(0);
}

test('a JEPA from an empty canvas in twelve gestures by mouse', async ({ page }, info) => {
  await emptyCanvas(page);
  let gestures = 0;
  /** Drags from the palette onto the canvas or onto a node, which connects it; returns the new node's id. */
  const drag = async (entry: string, onto?: string): Promise<string> => {
    gestures++;
    const known = await graphNodes(page).evaluateAll((list) =>
      list.map((node) => node.getAttribute('data-id')),
    );
    const item = page.getByTestId(`palette:${entry}`);
    if (onto === undefined) {
      await item.dragTo(page.getByTestId('canvas'), { targetPosition: { x: 60, y: 200 } });
    } else {
      await item.dragTo(page.locator(`.react-flow__node[data-id="${onto}"]`), {
        targetPosition: { x: 30, y: 20 },
      });
    }
    await expect(graphNodes(page)).toHaveCount(known.length + 1);
    await expect(page.locator('.react-flow__node-graph.selected')).toHaveCount(1);
    const id = await page.locator('.react-flow__node-graph.selected').getAttribute('data-id');
    await settled(page);
    return id ?? '';
  };
  const pull = async (from: string, to: string): Promise<void> => {
    gestures++;
    const before = await graphEdges(page).count();
    await pullLink(page, from, to);
    await expect(graphEdges(page)).toHaveCount(before + 1);
  };

  const digits = await drag('data.digits');
  const part = await drag('view.dropout', digits);
  const noisy = await drag('view.noise', digits);
  const encoder = await drag('encoder', part);
  const other = await drag('encoder', noisy);
  const predictor = await drag('predictor', encoder);
  const energy = await drag('energy.squared', predictor);
  const vicreg = await drag('reg.vicreg', other);
  await pull(`output:${encoder}.out`, `input:${vicreg}.z`);
  await pull(`output:${other}.out`, `input:${energy}.b`);
  await pull(`output:${encoder}.weights`, `input:${other}.weights`);
  expect(gestures).toBeLessThanOrEqual(MOST_GESTURES);
  await info.attach('by mouse', { body: await page.screenshot(), contentType: 'image/png' });
  await expectJepa(page);

  // Each was one step.
  await page.locator('.react-flow__pane').click({ position: { x: 12, y: 12 } });
  for (let step = 0; step < gestures; step++) await page.keyboard.press('Control+z');
  await expect(graphNodes(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
  for (let step = 0; step < gestures; step++) await page.keyboard.press('Control+Shift+z');
  expect(await nodeIds(page)).toHaveLength(8);
});

test('a JEPA from an empty canvas by keyboard alone', async ({ page }, info) => {
  await visit(page);
  let gestures = 0;
  /** A command and the words that it asks for. The node that is added has the keyboard then. */
  const type = async (key: string, ...words: readonly string[]): Promise<void> => {
    gestures++;
    await page.keyboard.press(key);
    for (const word of words) {
      const field = page.locator('input[cmdk-input]');
      await expect(field).toBeFocused();
      await expect(field).toHaveValue('');
      await page.keyboard.type(word);
      await expect(page.getByRole('option', { selected: true })).toContainText(
        new RegExp(word.replace(/ /g, '.*'), 'i'),
      );
      await page.keyboard.press('Enter');
    }
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.locator('.react-flow__node-graph.selected:focus')).toHaveCount(1);
  };
  await page.keyboard.press('Control+k');
  await page.keyboard.type('New document');
  await page.keyboard.press('Enter');
  await expect(graphNodes(page)).toHaveCount(0);

  await type('/', 'Digits');
  await type('c', 'new Dropout');
  await type('c', 'out', 'new Encoder');
  await type('c', 'out', 'new Predictor');
  await type('c', 'out', 'new Squared distance');
  await type('c', 'b', 'new Encoder');
  await type('c', 'weights', 'Encoder weights');
  await type('c', 'out', 'new VICReg');
  await type('c', 'z', 'Encoder out');
  // Back to the second encoder, and on to its view and the digits.
  gestures++;
  for (let tries = 0; tries < 9; tries++) {
    await page.keyboard.press('Shift+Tab');
    const label = await page.locator(':focus').getAttribute('aria-label');
    if (label?.startsWith('Encoder 2') === true) break;
  }
  await type('c', 'in', 'new Noise');
  await type('c', 'in', 'Digits x');
  expect(gestures).toBeLessThanOrEqual(MOST_GESTURES);
  await info.attach('by keyboard', { body: await page.screenshot(), contentType: 'image/png' });
  await expectJepa(page);
});

/** What was added comes into view with a movement. */
async function settled(page: Page): Promise<void> {
  const viewport = page.locator('.react-flow__viewport');
  let before = '';
  await expect
    .poll(async () => {
      const now = (await viewport.getAttribute('style')) ?? '';
      const still = now === before;
      before = now;
      return still;
    })
    .toBe(true);
}
