import { describeReport } from '../../tests/parity/compareEngines';
import { expect, test } from '../fixtures/browser';

for (const [kernels, choice] of [
  ['kernels for GPUs', { cooperative: true }],
  ['kernels for software adapters', { cooperative: false }],
  ['kernels for software adapters without subgroups', { cooperative: false, subgroups: false }],
] as const) {
  for (const [cases, least] of [
    ['ops', 100],
    ['random', 60],
  ] as const) {
    test(`the compiled engine agrees with the reference: ${cases}, ${kernels}`, async ({
      page,
    }) => {
      await page.goto('/');
      const { info, reports } = await page.evaluate(
        (request) => globalThis.basinHarness.compareWebGPU(request),
        { cases, ...choice },
      );
      expect(info).toMatchObject({ name: 'webgpu', software: process.env['BASIN_GPU'] !== '1' });
      expect(reports.length).toBeGreaterThanOrEqual(least);
      expect(reports.filter(({ agrees }) => !agrees).map(describeReport)).toEqual([]);
    });
  }
}

test('kernels that are not fused agree as well', async ({ page }) => {
  await page.goto('/');
  const { reports } = await page.evaluate(() =>
    globalThis.basinHarness.compareWebGPU({ cases: 'random', cooperative: false, fused: false }),
  );
  expect(reports.filter(({ agrees }) => !agrees).map(describeReport)).toEqual([]);
});

test('functions are good to a few ulp, where WGSL promises less', async ({ page }) => {
  await page.goto('/');
  const { reports } = await page.evaluate(() =>
    globalThis.basinHarness.compareWebGPU({ cases: 'functions', cooperative: true }),
  );
  expect(reports.filter(({ agrees }) => !agrees).map(describeReport)).toEqual([]);
});

test('the free energy of a Boltzmann machine is stable where a weight is large', async ({
  page,
}) => {
  await page.goto('/');
  const found = await page.evaluate(() => globalThis.basinHarness.largeWeight());
  expect(found).toEqual([-100, -1, -100]);
});

test('two runs give the same bits, however they are cut into submits', async ({ page }) => {
  await page.goto('/');
  const [first, second] = await page.evaluate(() => globalThis.basinHarness.runTwice());
  expect(first.length).toBeGreaterThan(10);
  expect(second).toEqual(first);
});

test('after the warm-up nothing is created or written, and a submit holds many steps', async ({
  page,
}) => {
  await page.goto('/');
  const report = await page.evaluate(() => globalThis.basinHarness.countCreations());
  expect(report.created).toBe(0);
  expect(report.writes).toBe(0);
  expect(report.rows).toBe(100);
  expect(report.submits).toBeLessThan(400);
});

test('a lost device rejects calls, and its state goes on on another', async ({ page }) => {
  await page.goto('/');
  const report = await page.evaluate(() => globalThis.basinHarness.loseDevice());
  expect(report).toMatchObject({
    running: 'DeviceLostError',
    later: 'DeviceLostError',
    restored: true,
  });
  expect(report.reason).not.toBe('');
});

test('without an adapter the engine says so', async ({ plainBrowser, baseURL }) => {
  const page = await plainBrowser.newPage();
  await page.goto(baseURL ?? '');
  const message = await page.evaluate(() =>
    globalThis.basinHarness.runTwice().then(
      () => 'it ran',
      (error: Error) => error.message,
    ),
  );
  expect(message).toMatch(/^WebGPU cannot run here: /);
});
