import { describeReport } from '../../src/engine/parity/compareEngines';
import { expect, test } from '../fixtures/browser';

for (const backend of ['wasm', 'webgpu'] as const) {
  test(`TensorFlow.js on ${backend} agrees with the reference on every op, in a worker`, async ({
    page,
  }) => {
    await page.goto('/');
    const { info, reports } = await page.evaluate(
      (name) => globalThis.basinHarness.compareTfjs(name),
      backend,
    );
    expect(info.backend).toBe(backend);
    expect(reports.length).toBeGreaterThan(50);
    expect(reports.filter(({ agrees }) => !agrees).map(describeReport)).toEqual([]);
  });
}

test('TensorFlow.js takes wasm with SIMD when it is free to choose', async ({ page }) => {
  await page.goto('/');
  const { info } = await page.evaluate(() => globalThis.basinHarness.compareTfjs('auto'));
  expect(info.backend).toBe('wasm');
  expect(info.description).toContain('SIMD');
});
