import { templateTitle, title, runButton, visitTemplate, waitForStep } from './fixtures/actions';
import { expect, test, watch } from './fixtures/browser';
import { chooseEngine, engineReason, expectFall, metrics, pause, verdict } from './fixtures/runs';

const UNAVAILABLE = /WebGPU cannot run here: .*adapter/;

test('without a GPU adapter the page trains on TensorFlow.js, and says why', async ({
  plainBrowser,
  baseURL,
}) => {
  const context = await plainBrowser.newContext({
    baseURL,
    viewport: { width: 1440, height: 900 },
  });
  const faults = await watch(context, new URL(baseURL ?? '').origin);
  const page = await context.newPage();
  await visitTemplate(page, 'jepa');
  await expect(title(page)).toHaveValue(templateTitle('jepa'));
  const badge = page.getByTestId('engine');
  await expect(badge).toHaveText('Automatic');

  await runButton(page).click();
  await waitForStep(page, 100);
  await expect(badge).toContainText('TF.js wasm');
  await expect(verdict(page)).toBeVisible();
  const rested = await pause(page);
  expect(await engineReason(page)).toMatch(UNAVAILABLE);
  const curves = await metrics(page);
  expectFall(curves.get('Total')?.slice(0, 100));

  // Asked for by name it is refused, not silently replaced.
  await chooseEngine(page, 'WebGPU');
  await expect(page.getByRole('alert')).toContainText(UNAVAILABLE);
  await expect(runButton(page)).toHaveText('Try again');

  await chooseEngine(page, 'TensorFlow.js');
  await expect(runButton(page)).toHaveText('Run on');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await runButton(page).click();
  await waitForStep(page, rested + 5);
  expect(faults).toEqual([]);
});
