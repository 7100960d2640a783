import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixtures/browser';

const FOLDER = fileURLToPath(new URL('../../templates/', import.meta.url));
const STEPS = 20;
const TOLERANCE = 1e-3;

const slugs = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

// Same document, same seed: float32 engines follow float64 within rounding (2-semantics 2.8).
for (const slug of slugs) {
  test(`the engines agree over ${STEPS} steps of ${slug}`, async ({ page }) => {
    const document = readFileSync(`${FOLDER}${slug}/graph.json`, 'utf8');
    await page.goto('/');
    const losses = await page.evaluate(
      ({ document: given, steps }) =>
        globalThis.basinHarness.templateLosses(given, ['reference', 'tfjs', 'webgpu'], steps),
      { document, steps: STEPS },
    );
    const truth = losses.reference ?? [];
    expect(truth).toHaveLength(STEPS);
    for (const engine of ['tfjs', 'webgpu']) {
      const worst = truth.reduce((error, loss, step) => {
        const difference = Math.abs((losses[engine]?.[step] ?? NaN) - loss) / Math.abs(loss);
        return Number.isNaN(difference) ? Infinity : Math.max(error, difference);
      }, 0);
      expect(worst, `${engine} against reference`).toBeLessThan(TOLERANCE);
    }
  });
}
