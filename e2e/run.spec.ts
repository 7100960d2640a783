import type { Page, Worker } from '@playwright/test';
import {
  nodeNamed,
  openFile,
  preferEngine,
  runButton,
  savedText,
  stepOf,
  templateText,
  visit,
  visitTemplate,
  waitForStep,
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
    await expect(page.getByText('The batch size changed: Run starts anew.')).toBeVisible();
    await expect(runButton(page)).toHaveText('Run anew');
  };

  await change('64');
  const rested = await stepOf(page);
  await expect(page.getByText(`The run rests at step ${rested}.`)).toBeVisible();
  await page.getByRole('button', { name: 'Undo the change' }).click();
  await expect(page.getByText('The batch size changed')).toHaveCount(0);
  await expect(batch).toHaveValue('128');
  await expect(runButton(page)).toHaveText('Run on');
  await runButton(page).click();
  await waitForStep(page, rested + 10);

  await change('32');
  const kept = await stepOf(page);
  const run = await watchRun(page);
  await page.getByRole('button', { name: 'Keep the weights' }).click();
  await waitForStep(page, kept + 10);
  expect(isAscending(await run.steps())).toBe(true);

  await change('16');
  await page.getByRole('button', { name: 'Run anew', exact: true }).last().click();
  await expect(page.getByText('The batch size changed')).toHaveCount(0);
  await waitForStep(page, 5);
  await pause(page);
  const curves = await metrics(page);
  expect(curves.get('step')?.[0]).toBe(0);
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
