import {
  preferEngine,
  runButton,
  selectNode,
  visitTemplate,
  waitForEnd,
  waitForStep,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { openTab } from './fixtures/runs';

test.beforeEach(({ page }) => preferEngine(page, 'tfjs'));

test('the Collapse tab shows evidence small, in detail, and as it was', async ({ page }) => {
  await visitTemplate(page, 'vicreg');
  await page.getByRole('textbox', { name: 'Steps', exact: true }).fill('150');
  await page.keyboard.press('Enter');
  await runButton(page).click();
  await waitForStep(page, 150);
  const panel = await openTab(page, 'Collapse');
  await expect(page.getByText('Step 150 · held-out data')).toBeVisible();
  const encoder = panel.getByRole('row').filter({ hasText: 'Encoder A' });
  const invariance = panel.getByRole('row').filter({ hasText: 'Invariance' });

  await test.step('a drawing of each representation and each energy stands in the tables', async () => {
    await expect(encoder.getByRole('img', { name: 'Spectrum: Encoder A' })).toBeVisible();
    await expect(invariance.getByRole('img', { name: /^Energies of true .*: Inv/ })).toBeVisible();
  });

  await test.step('details are of the node that is selected', async () => {
    await page.getByRole('button', { name: 'Details', exact: true }).click();
    await selectNode(page, 'Expander A');
    const details = page.getByRole('region', { name: 'Details of Expander A' });
    await expect(details.getByRole('img', { name: 'Correlation: Expander A' })).toBeVisible();
    for (const title of ['LiDAR', 'Stable rank', 'Update-to-weight ratio']) {
      await expect(details.getByText(title, { exact: false }).first()).toBeVisible();
    }
    await expect(details.getByRole('img', { name: /^Invariance \d+%, VICReg \d+%$/ })).toHaveCount(
      4,
    );
    await page.getByRole('combobox', { name: 'Details of' }).selectOption({ label: 'Invariance' });
    await expect(page.getByRole('region', { name: 'Details of Invariance' })).toContainText(
      'Energy gap',
    );
  });

  await test.step('the slider goes back to the first evaluation, with everything', async () => {
    const slider = page.getByRole('slider', { name: 'Evaluation of the run' });
    await slider.press('Home');
    await expect(page.getByText('Step 0 · held-out data')).toBeVisible();
    await expect(encoder.getByRole('cell').last()).toHaveText('No verdict');
    await slider.press('End');
    await expect(encoder.getByRole('cell').last()).toHaveText('Healthy');
  });
});

test('an ablation stands beside what was before it', async ({ page }) => {
  await visitTemplate(page, 'vicreg');
  await page.getByRole('textbox', { name: 'Steps', exact: true }).fill('300');
  await page.keyboard.press('Enter');
  await runButton(page).click();
  await waitForEnd(page, 300);
  const panel = await openTab(page, 'Collapse');
  await page.getByRole('button', { name: 'Before and after' }).click();
  await expect(panel.getByText('Nothing to compare with yet')).toBeVisible();

  await selectNode(page, 'VICReg');
  await page.keyboard.press('Control+b');
  // The run goes on with the weights that it has.
  await runButton(page).click();
  await waitForEnd(page, 600);
  const before = panel.getByRole('region', { name: 'Before' });
  const after = panel.getByRole('region', { name: 'After' });
  await expect(panel.getByRole('group', { name: 'What differs' })).toContainText('VICReg');
  await expect(before.getByText('Step 300', { exact: true })).toBeVisible();
  await expect(after.getByText('Step 600', { exact: true })).toBeVisible();
  const expander = { name: /Expander A/ };
  await expect(before.getByRole('row', expander).getByRole('cell').last()).toHaveText('Healthy');
  await expect(after.getByRole('row', expander).getByRole('cell').last()).toHaveText(
    'Complete collapse',
  );

  await test.step('the slider moves both', async () => {
    await page.getByRole('slider', { name: 'Evaluation of the run' }).press('Home');
    await expect(before.getByText('Step 0', { exact: true })).toBeVisible();
    await expect(after.getByText('Step 0', { exact: true })).toBeVisible();
    await page.getByRole('slider', { name: 'Evaluation of the run' }).press('End');
  });

  await test.step('a node that one of the graphs lacks has a row in both', async () => {
    for (const name of ['Expander A', 'Expander B']) {
      await selectNode(page, name);
      await page.keyboard.press('Control+b');
    }
    await runButton(page).click();
    await expect(after.getByRole('row', { name: /Expander B/ })).toContainText('not in this graph');
    // The run before this one, until another one is chosen.
    const row = before.getByRole('row', { name: /Expander B/ });
    await expect(row).toContainText('Complete collapse');
    await before.getByRole('combobox', { name: 'Run to compare with' }).click();
    await page.getByRole('option', { name: /healthy/ }).click();
    await expect(row).toContainText('Healthy');
  });
});
