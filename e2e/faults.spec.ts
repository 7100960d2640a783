import type { Page, Worker as RunningWorker } from '@playwright/test';
import {
  command,
  expectAlive,
  graphNodes,
  openFile,
  preferEngine,
  runButton,
  stepOf,
  templateText,
  templateTitle,
  title,
  visit,
  visitTemplate,
  waitForStep,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { chainGraph } from './fixtures/largeGraph';
import { chooseEngine, pause, runLong, runTo, verdict } from './fixtures/runs';

/** What breaks beneath the page, and what its user reads then. Documents that cannot be kept are in `lasting.spec.ts`. */

/** The newest worker of a name: those before it may not be gone yet. */
function workerOf(page: Page, name: 'train' | 'probe'): RunningWorker {
  const found = page.workers().filter((one) => one.url().includes(`${name}.worker`));
  const newest = found.at(-1);
  if (newest === undefined) throw new Error(`no ${name} worker has started`);
  return newest;
}

/** Its thread computes from the next moment on, and never ends. */
async function hang(worker: RunningWorker): Promise<void> {
  await worker.evaluate(
    () =>
      void setTimeout(() => {
        for (;;);
      }),
  );
}

/** Keeps the workers of the page where a test can end them as the page could. */
async function keepWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const all: { readonly url: string; readonly worker: Worker }[] = [];
    Reflect.set(globalThis, 'keptWorkers', all);
    globalThis.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        all.push({ url: String(url), worker: this });
      }
    };
  });
}

async function terminate(page: Page, name: 'train' | 'probe'): Promise<void> {
  await page.evaluate((part) => {
    const all = Reflect.get(globalThis, 'keptWorkers') as { url: string; worker: Worker }[];
    all.findLast(({ url }) => url.includes(`${part}.worker`))?.worker.terminate();
  }, name);
}

/** VICReg with so many steps that it does not end by itself: it is judged every fifty. */
function longVicreg(): string {
  const document = JSON.parse(templateText('vicreg'));
  document.training.steps = 1_000_000;
  return JSON.stringify(document);
}

test('workers that are ended, close or hang are replaced, and what they did goes on', async ({
  page,
}) => {
  await keepWorkers(page);
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await openFile(page, { name: 'long.json', content: longVicreg() });
  await expect(title(page)).toHaveValue(templateTitle('vicreg'));
  await runButton(page).click();
  await waitForStep(page, 60);
  const replaced = page.getByRole('status').filter({ hasText: 'The training worker stopped' });
  const goesOn = async (): Promise<void> => {
    await expect(replaced).toContainText(/The run goes on from step [0-9,]+/);
    await waitForStep(page, (await stepOf(page)) + 20);
    await expect(runButton(page)).toHaveText('Pause');
  };

  await test.step('a training worker is ended', async () => {
    await terminate(page, 'train');
    await expect(replaced).toContainText('the browser ended it');
    await goesOn();
  });

  await test.step('a training worker closes itself', async () => {
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(replaced).toHaveCount(0);
    await workerOf(page, 'train').evaluate(() => void setTimeout(() => self.close()));
    await goesOn();
  });

  await test.step('the worker that diagnoses is ended', async () => {
    await expect(verdict(page)).toBeVisible({ timeout: 60_000 });
    const told = page.getByRole('status').filter({ hasText: 'The worker that diagnoses stopped' });
    // One that is ended between two questions leaves nothing to tell of: until it was asked something.
    await expect(async () => {
      await terminate(page, 'probe');
      await expect(told).toContainText('Another one has taken over.', { timeout: 15_000 });
    }).toPass({ timeout: 90_000 });
    await expect(verdict(page)).not.toHaveText('Stale');
  });

  await test.step('both hang', async () => {
    await hang(workerOf(page, 'probe'));
    // Something is asked of it by then.
    await waitForStep(page, (await stepOf(page)) + 60);
    await hang(workerOf(page, 'train'));
    const probes = page.getByRole('status').filter({ hasText: /worker that diagnoses has not/ });
    // Patience grows with silences that have ended, as those of the workers before were.
    const patience = { timeout: 60_000 };
    await expect(probes).toContainText('has not answered for some time', patience);
    await expect(verdict(page)).toHaveText('Stale');
    const run = page.getByRole('status').filter({ hasText: 'The run has not made a step' });
    await expect(run).toContainText('the run goes on from the weights seen last', patience);
    await run.getByRole('button', { name: 'Restart the worker' }).click();
    await expect(run).toHaveCount(0);
    await expect(replaced).toContainText('it was restarted');
    // It tells of the latest one alone.
    await expect(replaced).toHaveCount(1);
    await goesOn();
    await probes.getByRole('button', { name: 'Restart the worker' }).click();
    await expect(probes).toHaveCount(0);
    await expect(verdict(page)).not.toHaveText('Stale', { timeout: 60_000 });
  });
});

test('compiling is called off at once, and a busy worker holds up no other document', async ({
  page,
}) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await runTo(page, 5);
  // As a graph that takes minutes to compile.
  const compileForEver = async (): Promise<void> => {
    await hang(workerOf(page, 'train'));
    await page.getByRole('textbox', { name: 'Batch size' }).fill('33');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Run anew' }).click();
    await expect(runButton(page)).toHaveText('Compiling');
  };
  await compileForEver();
  await runButton(page).click();
  await expect(runButton(page)).toHaveText('Run');
  await runTo(page, 5);

  await hang(workerOf(page, 'train'));
  await openFile(page, { name: 'next.json', content: templateText('ellipse') });
  await expect(title(page)).toHaveValue(templateTitle('ellipse'));
  await runButton(page).click();
  await waitForStep(page, 5);
});

for (const engine of ['tfjs', 'webgpu'] as const) {
  test(`a template runs while a chain of 1000 nodes is being compiled for ${engine}`, async ({
    page,
  }) => {
    await preferEngine(page, engine);
    await visit(page);
    await openFile(page, { name: 'chain.json', content: JSON.stringify(chainGraph(1000)) });
    await expect(title(page)).toHaveValue('Large');
    await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
    await runButton(page).click();
    await expect(runButton(page)).toHaveText('Compiling');
    await page.getByRole('button', { name: 'Template gallery' }).click();
    await page.getByTestId('template-parabola').click();
    await expect(title(page)).toHaveValue(templateTitle('parabola'));
    await expect(runButton(page)).toHaveText('Run');
    const start = Date.now();
    await runButton(page).click();
    await waitForStep(page, 1);
    const seconds = (Date.now() - start) / 1000;
    console.log(`${engine}: step 1 of the parabola ${seconds.toFixed(1)} s after Run`);
    expect(seconds).toBeLessThan(15);
    await expectAlive(page);
  });
}

test('a device that is lost again and again is told of once, and one that does not answer is named', async ({
  page,
}) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await runLong(page);
  const rested = await runTo(page, 5);
  // The worker starts with the first run; the device that it asks for after that can be taken away.
  const worker = workerOf(page, 'train');
  await worker.evaluate(() => {
    const make = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (...request) {
      const device = await make.apply(this, request);
      Reflect.set(globalThis, 'loseDevice', () => device.destroy());
      return device;
    };
  });
  await chooseEngine(page, 'WebGPU');
  await expect(runButton(page)).toHaveText('Run on');
  await runButton(page).click();
  await waitForStep(page, rested + 20);
  const message = page.getByText(/The device of the engine “webgpu” was lost/);
  for (let losses = 1; losses <= 6; losses++) {
    await worker.evaluate(() => (Reflect.get(globalThis, 'loseDevice') as () => void)());
    await expect(message).toContainText(losses === 1 ? 'was lost' : `${losses} times by now`);
    await waitForStep(page, (await stepOf(page)) + 20);
  }
  await expect(message).toHaveCount(1);
  await expect(page.getByTestId('engine')).toContainText('WebGPU');
  await pause(page);

  await chooseEngine(page, 'TensorFlow.js');
  await expect(runButton(page)).toHaveText('Run on');
  await workerOf(page, 'train').evaluate(() => {
    GPU.prototype.requestAdapter = () => new Promise(() => undefined);
  });
  await chooseEngine(page, 'WebGPU');
  const alert = page.getByRole('alert').filter({ hasText: 'WebGPU cannot run here' });
  await expect(alert).toContainText('the graphics adapter did not answer within 10 s');
  await chooseEngine(page, 'TensorFlow.js');
  await expect(alert).toHaveCount(0);
  await expectAlive(page);
});

/** A graph whose training step takes 12 GB and more. */
function tooLargeText(): string {
  const document = JSON.parse(templateText('vicreg'));
  for (const node of document.nodes) {
    if (node.kind === 'module.mlp') node.params.widths = [8192];
  }
  document.training.batchSize = 65_536;
  return JSON.stringify(document);
}

for (const [engine, limit] of [
  ['tfjs', /A step of this graph takes at least .* GB; WebAssembly has at most 4.03 GB/],
  ['webgpu', /take[s]? .*B; one buffer of this GPU has at most .*B|The memory of the GPU/],
] as const) {
  test(`a graph too large for the memory of ${engine} is refused with its size, and a small one runs after it`, async ({
    page,
  }) => {
    await preferEngine(page, engine);
    await visitTemplate(page, 'parabola');
    await openFile(page, { name: 'large.json', content: tooLargeText() });
    await expect(graphNodes(page)).toHaveCount(JSON.parse(templateText('vicreg')).nodes.length);
    await runButton(page).click();
    const message = page.getByRole('alert').filter({ hasText: limit });
    await expect(message).toBeVisible({ timeout: 60_000 });
    await expect(message).toContainText('Lower the batch size');
    // The other engine has no room for it either: it is no way out.
    await expect(message).not.toContainText('choose');
    await expect(runButton(page)).toHaveText('Try again');
    expect(await stepOf(page)).toBe(0);

    await openFile(page, { name: 'small.json', content: templateText('parabola') });
    await expect(title(page)).toHaveValue(templateTitle('parabola'));
    await runButton(page).click();
    await waitForStep(page, 5);
    await expect(message).toHaveCount(0);
    await expectAlive(page);
  });
}

test('a database that never answers is said, and the page opens all the same', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visit(page);
  for (const name of ['Mine of yesterday', 'The newest']) {
    const content = JSON.stringify({ ...JSON.parse(templateText('ellipse')), title: name });
    await openFile(page, { name: 'graph.json', content });
    await expect(title(page)).toHaveValue(name);
    await expect(page.getByRole('img', { name: 'Saved in this browser' })).toBeVisible();
  }
  await command(page, 'Mine of yesterday');
  await expect(title(page)).toHaveValue('Mine of yesterday');
  await page.addInitScript(() => {
    if (sessionStorage.getItem('silent') === null) return;
    // Nothing ever happens to it.
    IDBFactory.prototype.open = () =>
      Object.setPrototypeOf(new EventTarget(), IDBOpenDBRequest.prototype) as IDBOpenDBRequest;
  });
  await page.evaluate(() => sessionStorage.setItem('silent', 'yes'));
  await page.reload();
  const message = page.getByRole('alert').filter({ hasText: 'store of documents' });
  await expect(message).toContainText('does not answer', { timeout: 60_000 });
  await expect(message).toContainText('What is in it is not lost.');
  await expect(message).toContainText('What is shown here stands in for what you had open.');
  await expect(title(page)).toHaveValue(templateTitle('jepa'));
  await expect(message.getByRole('button', { name: 'Save as a file' })).toBeVisible();
  await expectAlive(page);

  // What is made meanwhile is kept beside, and comes to the others once they are there.
  await title(page).fill('Made meanwhile');
  await page.keyboard.press('Enter');
  await page.evaluate(() => sessionStorage.removeItem('silent'));
  await page.reload();
  await expect(title(page)).toHaveValue('Mine of yesterday');
  const found = page.getByText('“Made meanwhile” could not be stored when you made it.');
  await expect(found).toBeVisible();
  await page.getByRole('button', { name: 'Open it' }).click();
  await expect(title(page)).toHaveValue('Made meanwhile');
  await expect(page.getByRole('img', { name: 'Saved in this browser' })).toBeVisible();
});
