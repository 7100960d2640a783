import {
  graphEdges,
  graphNodes,
  nodeNamed,
  runButton,
  savedText,
  selectNode,
  stepOf,
  templatesOf,
  templateTitle,
  title,
  waitForStep,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import {
  chooseEngine,
  engineReason,
  expectFall,
  isAscending,
  metrics,
  openTab,
  pause,
  runLong,
  verdict,
  watchRun,
} from './fixtures/runs';

/** Of JEPA. A node shows the plain value of its term, its curve what the objective has of it. */
const CURVES = [
  'Total',
  'λ·Prediction error',
  'λ·R(z)',
  'VICReg',
  'Gradient norm',
  'Learning rate',
];

// docs/product.md §2: it must always work. On WebGPU, as those have it who come with a GPU.
test('the five-minute story', async ({ page }) => {
  test.setTimeout(300_000);

  await test.step('a first visit shows templates by idea, and what Basin is', async () => {
    await page.goto('/');
    const gallery = page.getByRole('dialog', { name: 'Welcome to Basin' });
    await expect(gallery).toContainText('Wire energy-based architectures, train them');
    await expect(gallery.getByRole('button', { name: /^Joint embedding/ })).toHaveCount(
      templatesOf('Joint embedding'),
    );
    await gallery.getByTestId('template-jepa').click();
    await expect(gallery).toHaveCount(0);
    await expect(title(page)).toHaveValue(templateTitle('jepa'));
  });

  const original = await savedText(page);
  const { nodes, edges } = JSON.parse(original) as { nodes: unknown[]; edges: unknown[] };

  await test.step('the canvas draws it, shapes on the edges, the objective above', async () => {
    await expect(graphNodes(page)).toHaveCount(nodes.length);
    await expect(graphEdges(page)).toHaveCount(edges.length);
    const shapes = await graphEdges(page).locator('text').allTextContents();
    expect(shapes).toHaveLength(edges.length);
    for (const shape of shapes) expect(shape).toMatch(/^\d+(×\d+)*$/);
    const objective = page.getByTestId('objective');
    await expect(objective).toHaveAccessibleName(/^Objective: .*Prediction error.*VICReg/);
    await expect(objective.locator('.katex')).toBeVisible();
    await expect(page.getByTestId('problems')).toHaveText('No problems');
  });

  await test.step('it trains on WebGPU', async () => {
    await runLong(page);
    await chooseEngine(page, 'WebGPU');
    await runButton(page).click();
    await waitForStep(page, 100);
    await expect(page.getByTestId('engine')).toContainText('WebGPU');
    await expect(page.getByTestId('rate')).toHaveText(/^[\d.]+ steps\/s$/);
    await expect(verdict(page)).toBeVisible();
    const legend = page.getByRole('group', { name: 'Curves' });
    for (const curve of CURVES) {
      await expect(legend.getByRole('button', { name: curve })).toHaveText(/\d$/);
    }
    for (const label of ['Prediction error', 'R(z)', 'VICReg']) {
      await expect(nodeNamed(page, label).getByRole('status')).toHaveText(/^\d/);
    }
    await expect(
      nodeNamed(page, 'Encoder x').getByRole('img', { name: /^(Healthy|\w+ collapse): .*\d/ }),
    ).toBeVisible();
  });

  await test.step('sliders are live: nothing is compiled again', async () => {
    const run = await watchRun(page);
    const rate = page.getByRole('slider', { name: 'Learning rate, slider' });
    const before = await rate.getAttribute('aria-valuetext');
    const box = await rate.boundingBox();
    const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 30, y, { steps: 5 });
    await page.mouse.up();
    expect(await rate.getAttribute('aria-valuetext')).not.toBe(before);
    await page.getByText('Advanced', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Evaluate every' }).fill('25');
    await selectNode(page, 'Prediction error');
    await page.getByRole('slider', { name: 'Weight, slider' }).press('ArrowRight');
    const changed = await stepOf(page);
    await waitForStep(page, changed + 10);
    expect(await run.labels()).toEqual(['Pause']);
    expect(isAscending(await run.steps())).toBe(true);
    await expect(page.getByText('The graph changed')).toHaveCount(0);
    await pause(page);
  });

  await test.step('the loss has fallen', async () => {
    const curves = await metrics(page);
    expect([...curves.keys()]).toEqual(['step', ...CURVES]);
    const total = curves.get('Total')?.slice(0, 100);
    expect(total).toHaveLength(100);
    expectFall(total);
    expect(await engineReason(page)).toContain('You chose this engine.');
    // One name, one number: VICReg has no λ, and its node and its curve say the same.
    const shown = await nodeNamed(page, 'VICReg').getByRole('status').textContent();
    const legend = page.getByRole('group', { name: 'Curves' });
    await expect(legend.getByRole('button', { name: 'VICReg' })).toHaveText(`VICReg${shown}`);
  });

  await test.step('without VICReg it warns before training that the energy can collapse', async () => {
    const kept = await savedText(page);
    await selectNode(page, 'VICReg');
    await page.keyboard.press('Delete');
    await expect(graphNodes(page)).toHaveCount(nodes.length - 1);
    const energy = nodeNamed(page, 'Prediction error');
    await expect(energy.getByRole('img', { name: /collapse/ })).toBeVisible();
    await expect(page.getByText(/The graph changed\. Keeps the weights of all/)).toBeVisible();
    const problems = page.getByTestId('problems');
    await expect(problems).toHaveAccessibleName(/1 warning/);
    await problems.click();
    const warning = page.getByRole('button', { name: /collapse.* Go to Prediction error\.$/ });
    await expect(warning).toBeVisible();
    await warning.click();
    await expect(page.getByLabel('Label', { exact: true })).toHaveValue('Prediction error');

    await page.keyboard.press('Control+z');
    await expect(graphNodes(page)).toHaveCount(nodes.length);
    await expect(problems).toHaveText('No problems');
    await expect(page.getByText('The graph changed')).toHaveCount(0);
    expect(await savedText(page)).toBe(kept);

    // The two sliders, the number of steps and how often to evaluate too, each in one step: the template as it came.
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
    expect(await savedText(page)).toBe(original);
  });
});

test('what the warning says comes true', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('basin.engine', 'tfjs'));
  await page.goto('/');
  await page.getByTestId('template-jepa').click();
  await selectNode(page, 'VICReg');
  await page.keyboard.press('Delete');
  await expect(page.getByTestId('problems')).toHaveAccessibleName(/1 warning/);
  await runButton(page).click();
  await expect(verdict(page)).toHaveText('Complete collapse', { timeout: 120_000 });
  await pause(page);
  const panel = await openTab(page, 'Collapse');
  const collapsed = panel.getByRole('row').filter({ hasText: 'Complete collapse' });
  await expect(collapsed.first()).toContainText(/(Encoder|Predictor).*0\.00/);
});
