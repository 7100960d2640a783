import type { Page, Worker } from '@playwright/test';
import {
  nodeNamed,
  openFile,
  preferEngine,
  runButton,
  savedText,
  selectNode,
  stepOf,
  templateText,
  visit,
  visitTemplate,
  waitForStep,
  written,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { focusCanvas } from './fixtures/drawing';
import {
  chooseEngine,
  expectFall,
  isAscending,
  metrics,
  pause,
  runLong,
  runTo,
  watchRun,
} from './fixtures/runs';

test('a run is paused, stepped, reset and repeated', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await runLong(page);
  const one = page.getByRole('button', { name: 'One step' });
  await one.click();
  await waitForStep(page, 1);
  await expect(runButton(page)).toHaveText('Run on');
  expect(await stepOf(page)).toBe(1);
  await one.click();
  await waitForStep(page, 2);
  expect(await stepOf(page)).toBe(2);

  await runTo(page, 30);
  const rested = await stepOf(page);
  const first = await metrics(page);
  expect(first.get('Total')).toHaveLength(rested);

  await page.getByRole('button', { name: 'Reset to step 0' }).click();
  await expect(page.getByText('No run yet')).toBeVisible();
  expect(await stepOf(page)).toBe(0);
  await runTo(page, 30);
  const second = await metrics(page);
  expect(second.get('Total')?.slice(0, 30)).toEqual(first.get('Total')?.slice(0, 30));
});

test('a change to the graph under a run is said, and can be taken back, kept or run anew', async ({
  page,
}) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await runLong(page);
  await runButton(page).click();
  await waitForStep(page, 20);
  const batch = page.getByRole('textbox', { name: 'Batch size' });
  const change = async (size: string): Promise<void> => {
    await batch.fill(size);
    await batch.press('Enter');
    await expect(
      page.getByText('The batch size changed. Keeps the weights of the module.'),
    ).toBeVisible();
    await expect(runButton(page)).toHaveText('Run on');
  };

  await change('64');
  const rested = await stepOf(page);
  await expect(page.getByText(`The run rests at step ${written(rested)}.`)).toBeVisible();
  await page.getByRole('button', { name: 'Undo the change' }).click();
  await expect(page.getByText('The batch size changed')).toHaveCount(0);
  await expect(batch).toHaveValue('128');
  await expect(runButton(page)).toHaveText('Run on');
  await runButton(page).click();
  await waitForStep(page, rested + 10);

  await change('32');
  const kept = await stepOf(page);
  const run = await watchRun(page);
  await runButton(page).click();
  await waitForStep(page, kept + 10);
  expect(isAscending(await run.steps())).toBe(true);
  await expect(page.getByText(`The run goes on from step ${written(kept)}.`)).toBeVisible();

  await change('16');
  await page.getByRole('button', { name: 'Run anew', exact: true }).last().click();
  await expect(page.getByText('The batch size changed')).toHaveCount(0);
  await waitForStep(page, 5);
  await pause(page);
  const curves = await metrics(page);
  expect(curves.get('step')?.[0]).toBe(0);

  // Another seed asks for another run, unless somebody wants to go on all the same.
  const seed = page.getByRole('textbox', { name: 'Seed' });
  await seed.fill('9');
  await seed.press('Enter');
  await expect(page.getByText('The seed changed: Run starts anew.')).toBeVisible();
  await expect(runButton(page)).toHaveText('Run anew');
  const last = await stepOf(page);
  await page.getByRole('button', { name: 'Keep the weights' }).click();
  await waitForStep(page, last + 5);
  await expect(page.getByText(`The run goes on from step ${written(last)}.`)).toBeVisible();
});

test('an edit under a run keeps the weights that still fit, and the curve goes on', async ({
  page,
}) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'bottleneck-autoencoder');
  await runLong(page);
  await runButton(page).click();
  await waitForStep(page, 120);
  await page.getByRole('textbox', { name: 'Batch size' }).fill('64');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Keeps the weights of all 2 modules\./)).toBeVisible();
  const edited = await stepOf(page);
  await expect(runButton(page)).toHaveText('Run on');
  const first = await runTo(page, edited + 40);
  await expect(
    page.getByText(
      `Kept the weights of all 2 modules. The run goes on from step ${written(edited)}.`,
    ),
  ).toBeVisible();
  const changes = page.getByRole('list', { name: 'Changes of the graph' });
  await expect(changes).toHaveText(`Step ${written(edited)} Kept the weights of all 2 modules.`);
  // One curve over both graphs, which does not begin anew.
  const curves = await metrics(page);
  expect(curves.get('step')).toHaveLength(first);
  const total = curves.get('Total') ?? [];
  expect(total.every((loss) => Number.isFinite(loss))).toBe(true);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const before = mean(total.slice(edited - 10, edited));
  const after = mean(total.slice(edited, edited + 10));
  const middle = (mean(total.slice(0, 3)) + before) / 2;
  expect(before).toBeLessThan(middle);
  expect(after).toBeLessThan(middle);

  // What takes another shape starts anew, alone; taking the change back is a change, too.
  await selectNode(page, 'Decoder');
  const widths = page.locator('#parameter-widths');
  await widths.fill('96');
  await widths.press('Enter');
  const one = (change: string): RegExp =>
    new RegExp(`Keeps the weights of 1 of 2 modules; Decoder starts anew \\(${change}\\)\\.`);
  await expect(page.getByText(one('128→96'))).toBeVisible();
  const second = await runTo(page, first + 20);
  await expect(changes.getByRole('listitem')).toHaveCount(2);
  expect((await metrics(page)).get('Total')).toHaveLength(second);
  await focusCanvas(page);
  await page.keyboard.press('Control+z');
  await expect(page.getByText(one('96→128'))).toBeVisible();
  await page.getByRole('button', { name: 'Reset to step 0' }).click();
  await expect(page.getByText('No run yet')).toBeVisible();
  await expect(runButton(page)).toHaveText('Run');
});

test('a run that diverges stops, and names the term and the node', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visit(page);
  const parabola = JSON.parse(templateText('parabola')) as { training: object };
  const wild = {
    ...parabola,
    title: 'Too fast',
    training: {
      ...parabola.training,
      learningRate: 900,
      optimizer: { kind: 'sgd', momentum: 0.9 },
      schedule: { kind: 'constant', warmupSteps: 0, finalFraction: 0 },
    },
  };
  await openFile(page, { name: 'wild.json', content: JSON.stringify(wild) });
  await expect(page.getByText('Opened “wild.json”.')).toBeVisible();
  await runButton(page).click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(/At step \d+ the (loss|gradient) became/, { timeout: 60_000 });
  await expect(alert).toContainText('The first term to go was “F(x, y)”.');
  await expect(alert).toContainText('Lower the learning rate');
  await expect(runButton(page)).toHaveText('Try again');
  await alert.getByRole('button', { name: /^Show / }).click();
  await expect(page.locator('.react-flow__node-graph.selected')).toHaveCount(1);
  await expect(page.getByLabel('Label', { exact: true })).toHaveValue(/^(f|F\(x, y\))$/);

  // The advice works.
  await focusCanvas(page);
  await page.getByRole('textbox', { name: 'Learning rate' }).fill('0.01');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Reset to step 0' }).click();
  await expect(alert).toHaveCount(0);
  await runTo(page, 40);
  const curves = await metrics(page);
  expectFall(curves.get('Total'));
});

test('a lost GPU is rebuilt, and the run goes on', async ({ page }) => {
  // The worker starts with the first run; the device that it asks for after that can be taken away.
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await runLong(page);
  const rested = await runTo(page, 5);
  const worker = await trainWorker(page);
  await worker.evaluate(() => {
    const make = GPUAdapter.prototype.requestDevice;
    const devices: GPUDevice[] = [];
    Object.assign(globalThis, { devices });
    GPUAdapter.prototype.requestDevice = async function (...request) {
      const device = await make.apply(this, request);
      devices.push(device);
      return device;
    };
  });
  await chooseEngine(page, 'WebGPU');
  await expect(page.getByTestId('engine')).toContainText('WebGPU');
  await expect(runButton(page)).toHaveText('Run on');
  await runButton(page).click();
  await waitForStep(page, rested + 20);
  const run = await watchRun(page);
  const devices = await worker.evaluate(() => {
    const all = Reflect.get(globalThis, 'devices') as GPUDevice[];
    all.at(-1)?.destroy();
    return all.length;
  });
  const message = page.getByText(/The device of the engine “webgpu” was lost/);
  await expect(message).toContainText(/the run goes on from step \d+/);
  const step = Number(/from step (\d+)/.exec(await message.innerText())?.[1]);
  await waitForStep(page, step + 10);
  expect(await run.labels()).toEqual(['Pause', 'Recovering']);
  await pause(page);
  await expect(page.getByTestId('engine')).toContainText('WebGPU');
  expect(await worker.evaluate(() => Reflect.get(globalThis, 'devices').length)).toBe(devices + 1);
  const curves = await metrics(page);
  const steps = curves.get('step') ?? [];
  expect(steps).toEqual(steps.map((_, index) => index));
});

async function trainWorker(page: Page): Promise<Worker> {
  const found = page.workers().find((worker) => /train/.test(worker.url()));
  if (found === undefined) throw new Error('the training worker has not started');
  return found;
}

test('a run goes on in a hidden tab', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await runLong(page);
  const text = await savedText(page);
  await runButton(page).click();
  await waitForStep(page, 10);

  // Without a screen no window hides a tab: the page is told that it is hidden, and gets no frames, as browsers do it.
  const frames = await page.evaluateHandle(() => {
    const held: FrameRequestCallback[] = [];
    const give = globalThis.requestAnimationFrame.bind(globalThis);
    globalThis.requestAnimationFrame = (callback) => held.push(callback);
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    return { held, give };
  });
  const hidden = await stepOf(page);
  await waitForStep(page, hidden + 50);
  await frames.evaluate(({ held, give }) => {
    globalThis.requestAnimationFrame = give;
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
    Object.defineProperty(document, 'hidden', { value: false, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    held.forEach((callback) => give(callback));
  });
  await pause(page);
  await expect(nodeNamed(page, 'F(x, y)').getByRole('status')).toHaveText(/^\d/);
  expect(await savedText(page)).toBe(text);
});
