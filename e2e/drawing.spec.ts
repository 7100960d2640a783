import {
  graphEdges,
  graphNodes,
  nodeNamed,
  preferEngine,
  savedText,
  visitTemplate,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import {
  dropKind,
  expectOneStep,
  focusCanvas,
  nodeIds,
  pullLink,
  pullLinkTo,
} from './fixtures/drawing';
import { expectFall, metrics, runTo } from './fixtures/runs';

test('a graph is drawn from nothing, run, undone and redone', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await page.goto('/');
  await page.getByRole('button', { name: 'Start from an empty canvas' }).click();
  await expect(graphNodes(page)).toHaveCount(0);
  await expect(page.getByText('An empty graph')).toBeVisible();
  const empty = await savedText(page);

  const points = await dropKind(page, 'data.points', { x: 120, y: 260 });
  await page.getByRole('combobox', { name: 'Shape', exact: true }).click();
  await page.getByRole('option', { name: 'Parabola' }).click();
  const mlp = await dropKind(page, 'module.mlp', { x: 360, y: 160 });
  await page.getByRole('textbox', { name: 'Output width', exact: true }).fill('1');
  await page.keyboard.press('Enter');
  const energy = await dropKind(page, 'energy.squared', { x: 640, y: 260 });

  // A graph that is not whole cannot run, and says why.
  const run = page.getByTestId('run');
  await expect(run).toHaveAttribute('aria-disabled', 'true');
  await expect(run).toHaveAttribute('data-tip', /^Cannot run\n/);

  await pullLink(page, `output:${points}.x`, `input:${mlp}.in`);
  await pullLink(page, `output:${mlp}.out`, `input:${energy}.a`);
  await pullLink(page, `output:${points}.y`, `input:${energy}.b`);
  await expect(graphEdges(page)).toHaveCount(3);

  await test.step('a link that cannot be is refused with the reason', async () => {
    const before = await savedText(page);
    await pullLink(page, `output:${energy}.energy`, `input:${mlp}.in`);
    const refusal = page.getByTestId('refusal');
    await expect(refusal).toHaveText(/takes a tensor; .* gives an energy/);
    await page.keyboard.press('Escape');
    await expect(refusal).toHaveCount(0);
    expect(await savedText(page)).toBe(before);
  });

  await test.step('a link let go on the empty canvas offers what fits', async () => {
    await pullLinkTo(page, `output:${mlp}.out`, { x: 620, y: 80 });
    const search = page.getByRole('dialog', { name: 'Nodes that “out” fits' });
    await expect(search.getByRole('option', { name: /^L2/ })).toBeVisible();
    await expect(search.getByRole('option', { name: /^Digits/ })).toHaveCount(0);
    await search.getByRole('combobox').fill('l2');
    await page.keyboard.press('Enter');
    await expect(search).toHaveCount(0);
    await expect(graphNodes(page)).toHaveCount(4);
    await expect(graphEdges(page)).toHaveCount(4);
  });

  await test.step('it runs', async () => {
    await expect(run).toHaveAttribute('aria-disabled', 'false');
    await runTo(page, 40);
    const curves = await metrics(page);
    expectFall(curves.get('Total'));
  });

  await test.step('all of it can be undone and redone', async () => {
    const drawn = await savedText(page);
    // Three drops, two parameters, three links, and a node that came with its link.
    const gestures = 9;
    await focusCanvas(page);
    for (let undone = 0; undone < gestures; undone++) await page.keyboard.press('Control+z');
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
    expect(await savedText(page)).toBe(empty);
    await expect(page.getByText('An empty graph')).toBeVisible();
    for (let redone = 0; redone < gestures; redone++) await page.keyboard.press('Control+y');
    await expect(page.getByRole('button', { name: 'Redo', exact: true })).toBeDisabled();
    expect(await savedText(page)).toBe(drawn);
  });
});

test('each gesture is one undo step', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await visitTemplate(page, 'jepa');
  const selected = page.locator('.react-flow__node-graph.selected');
  const select = async (...labels: string[]): Promise<void> => {
    await focusCanvas(page);
    for (const label of labels) {
      await nodeNamed(page, label).click({ modifiers: ['Control'], position: { x: 50, y: 20 } });
    }
    await expect(selected).toHaveCount(labels.length);
  };
  const placeOf = (text: string, label: string): { x: number; y: number } | undefined =>
    (JSON.parse(text) as Graph).nodes.find((node) => node.label === label)?.position;

  await test.step('a frame selects what is in it', async () => {
    const canvas = await page.getByTestId('canvas').boundingBox();
    const corner = await nodeNamed(page, 'Predictor').boundingBox();
    const right = (corner?.x ?? 0) - 10;
    const inside: string[] = [];
    for (const node of await graphNodes(page).all()) {
      const box = await node.boundingBox();
      const label = await node.locator('[data-label]').textContent();
      if (box && label && box.x + box.width < right) inside.push(label);
    }
    expect(inside.length).toBeGreaterThan(2);
    await page.keyboard.down('Shift');
    await page.mouse.move((canvas?.x ?? 0) + 8, (canvas?.y ?? 0) + 8);
    await page.mouse.down();
    await page.mouse.move(right, (canvas?.y ?? 0) + (canvas?.height ?? 0) - 100, {
      steps: 5,
    });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await expect(selected).toHaveCount(inside.length);
    for (const label of inside) {
      await expect(selected.filter({ has: page.getByText(label, { exact: true }) })).toHaveCount(1);
    }
  });

  await test.step('copy gives JSON text, paste takes it', async () => {
    await select('Encoder x', 'Predictor');
    await page.keyboard.press('Control+c');
    const text = await page.evaluate(() => navigator.clipboard.readText());
    const copied = JSON.parse(text) as Graph;
    expect(copied.nodes.map(({ label }) => label)).toEqual(['Encoder x', 'Predictor']);
    expect(copied.edges).toHaveLength(1);
    const { nodes } = JSON.parse(await savedText(page)) as Graph;
    const changed = await expectOneStep(page, async () => {
      await page.keyboard.press('Control+v');
      await expect(graphNodes(page)).toHaveCount(nodes.length + 2);
    });
    const after = JSON.parse(changed) as Graph;
    expect(after.nodes.slice(-2).map(({ kind }) => kind)).toEqual(['module.mlp', 'module.mlp']);
    expect(new Set(await nodeIds(page)).size).toBe(after.nodes.length);
    await page.keyboard.press('Control+z');
  });

  await test.step('duplicate', async () => {
    await select('Encoder y');
    await expectOneStep(page, async () => {
      await page.keyboard.press('Control+d');
      await expect(graphNodes(page)).toHaveCount(10);
    });
    await page.keyboard.press('Control+z');
  });

  await test.step('delete takes the edges along', async () => {
    await select('z', 'R(z)');
    const text = await expectOneStep(page, async () => {
      await page.keyboard.press('Delete');
      await expect(graphNodes(page)).toHaveCount(7);
    });
    expect((JSON.parse(text) as Graph).edges).toHaveLength(8);
    await page.keyboard.press('Control+z');
    await expect(graphNodes(page)).toHaveCount(9);
  });

  await test.step('arrows move, held or not, Shift further', async () => {
    await select('Encoder x');
    const start = placeOf(await savedText(page), 'Encoder x');
    const held = await expectOneStep(page, async () => {
      for (let repeat = 0; repeat < 3; repeat++) await page.keyboard.down('ArrowRight');
      await page.keyboard.up('ArrowRight');
    });
    expect(placeOf(held, 'Encoder x')).toEqual({ x: (start?.x ?? 0) + 24, y: start?.y });
    const far = await expectOneStep(page, () => page.keyboard.press('Shift+ArrowDown'));
    expect(placeOf(far, 'Encoder x')).toEqual({ x: (start?.x ?? 0) + 24, y: (start?.y ?? 0) + 40 });
  });

  await test.step('a drag moves the whole selection', async () => {
    await select('Encoder x', 'Encoder y');
    const before = await savedText(page);
    const box = await nodeNamed(page, 'Encoder y').boundingBox();
    const [x, y] = [(box?.x ?? 0) + 50, (box?.y ?? 0) + 20];
    const after = await expectOneStep(page, async () => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 20, y + 30, { steps: 3 });
      await page.mouse.move(x + 40, y + 60, { steps: 3 });
      await page.mouse.up();
    });
    const shift = (label: string) => {
      const [from, to] = [placeOf(before, label), placeOf(after, label)];
      return { x: (to?.x ?? 0) - (from?.x ?? 0), y: (to?.y ?? 0) - (from?.y ?? 0) };
    };
    expect(shift('Encoder x')).toEqual(shift('Encoder y'));
    expect(shift('Encoder y').x).toBeGreaterThan(0);
    expect(shift('Digits')).toEqual({ x: 0, y: 0 });
    await page.keyboard.press('Control+z');
  });

  await test.step('group', async () => {
    await select('Encoder x', 'Encoder y');
    const text = await expectOneStep(page, async () => {
      await page.keyboard.press('Control+g');
      await expect(page.locator('.react-flow__node-frame')).toHaveCount(1);
    });
    const { groups, nodes } = JSON.parse(text) as Graph;
    const members = nodes.filter(({ group }) => group === groups[0]?.id);
    expect(members.map(({ label }) => label)).toEqual(['Encoder x', 'Encoder y']);
    await page.locator('.react-flow__node-frame').click({ position: { x: 20, y: 12 } });
    const doubled = await expectOneStep(page, async () => {
      await page.keyboard.press('Control+d');
      await expect(page.locator('.react-flow__node-frame')).toHaveCount(2);
    });
    const copy = JSON.parse(doubled) as Graph;
    const copied = copy.nodes.filter(({ group }) => group === copy.groups[1]?.id);
    expect(copied.map(({ label }) => label)).toEqual(['Encoder x 2', 'Encoder y 2']);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
  });

  await test.step('double-click: the inspector has the keyboard, also for a node that was not selected', async () => {
    await select('Encoder x');
    await nodeNamed(page, 'VICReg').dblclick();
    const field = page.getByTestId('inspector').locator('[id^="parameter-"]:focus');
    await expect(field).toHaveCount(1);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await expect(field).toHaveCount(1);
    await page.keyboard.press('Escape');
  });

  await test.step('bypass', async () => {
    await select('VICReg');
    const text = await expectOneStep(page, async () => {
      await page.keyboard.press('Control+b');
      await expect(page.getByTestId('objective')).not.toHaveAccessibleName(/VICReg/);
    });
    const vicreg = (JSON.parse(text) as Graph).nodes.find(({ label }) => label === 'VICReg');
    expect(vicreg?.bypassed).toBe(true);
    await expect(page.getByTestId('problems')).toHaveAccessibleName(/warning/);
  });
});

interface Graph {
  readonly nodes: readonly {
    readonly id: string;
    readonly kind: string;
    readonly label: string;
    readonly position: { readonly x: number; readonly y: number };
    readonly group?: string;
    readonly bypassed?: boolean;
  }[];
  readonly edges: readonly unknown[];
  readonly groups: readonly { readonly id: string }[];
}
