import { expect, test } from '../fixtures/browser';

// A missing adapter fails the suite; it never skips.
test('the browser offers a WebGPU adapter', async ({ page }) => {
  await page.goto('/');
  const adapter = await page.evaluate(() => globalThis.basinHarness.describeAdapter());
  expect(adapter).not.toBeNull();
  expect(adapter?.maxStorageBuffersPerShaderStage).toBeGreaterThanOrEqual(8);
});

test('the page is cross-origin isolated', async ({ page }) => {
  await page.goto('/');
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
});

test('a browser without flags offers no adapter here, as the fallback tests assume', async ({
  plainBrowser,
  baseURL,
}) => {
  const page = await plainBrowser.newPage();
  await page.goto(baseURL ?? '');
  expect(await page.evaluate(() => globalThis.basinHarness.describeAdapter())).toBeNull();
});
