import {
  nodeNamed,
  openFile,
  preferEngine,
  runButton,
  selectNode,
  templateText,
  visit,
  visitTemplate,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { JUDGED, openTab, pause, verdict } from './fixtures/runs';

interface EditableDocument {
  nodes: { id: string; params: Record<string, unknown> }[];
  training: Record<string, unknown>;
}

test.beforeEach(async ({ page }) => preferEngine(page, 'tfjs'));

test('a verdict is shown for the graph that was judged, and for trained weights', async ({
  page,
}) => {
  await visitTemplate(page, 'jepa');
  const place = page.getByTestId('verdict');
  const icon = nodeNamed(page, 'Encoder x').getByRole('img', {
    name: /^(Healthy|Stale|\w+ collapse): /,
  });

  await test.step('at step 0 there is none', async () => {
    await expect(page.getByText('No verdict yet')).toBeVisible();
    await expect(icon).toHaveCount(0);
  });

  await test.step('a run is judged', async () => {
    await runButton(page).click();
    await expect(place).toHaveText(JUDGED, { timeout: 90_000 });
    await pause(page);
    await expect(icon).toHaveAccessibleName(/^(Healthy|\w+ collapse): /);
  });

  await test.step('without its guard it is another graph: what was judged is stale', async () => {
    await selectNode(page, 'VICReg');
    await page.keyboard.press('Delete');
    await expect(place).toHaveText('Stale');
    await expect(icon).toHaveAccessibleName(/^Stale: /);
    await expect(page.getByRole('img', { name: /healthy/i })).toHaveCount(0);
    const panel = await openTab(page, 'Collapse');
    await expect(panel.locator('[data-tone="good"]')).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect(place).toHaveText(JUDGED);
  });

  await test.step('after a reset there is none again', async () => {
    await page.getByRole('button', { name: 'Reset to step 0' }).click();
    await expect(page.getByText(/^No verdict( yet)?$/).first()).toBeVisible();
    await expect(page.getByText(/^(Healthy|Stale)$/)).toHaveCount(0);
    await expect(icon).toHaveCount(0);
  });
});

test('nothing is green once a run diverged', async ({ page }) => {
  const document = JSON.parse(templateText('parabola')) as EditableDocument;
  const predictor = document.nodes.find(({ id }) => id === 'predictor');
  if (predictor) predictor.params['activation'] = 'none';
  Object.assign(document.training, {
    optimizer: { kind: 'sgd', momentum: 0 },
    learningRate: 1000,
    evaluateEvery: 1,
  });
  await visit(page);
  await openFile(page, { name: 'diverging.json', content: JSON.stringify(document) });
  await expect(page.getByText('Opened “diverging.json”.')).toBeVisible();
  await runButton(page).click();
  await expect(verdict(page)).toHaveText('Diverged', { timeout: 90_000 });
  await expect(page.getByText(/^At step \d+ the (loss|gradient) became/)).toBeVisible();
  const panel = await openTab(page, 'Collapse');
  await expect(panel).toContainText('Diverged');
  await expect(page.locator('[data-tone="good"]')).toHaveCount(0);
});
