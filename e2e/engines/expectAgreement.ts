import type { Page } from '@playwright/test';
import { expect } from '../fixtures/browser';

const TOLERANCE = 1e-3;

/**
 * Trains a document for some steps on each engine: same document, same seed, so float32 engines follow float64
 * within rounding (docs/semantics.md §8), relative to the loss or to `scale` where that is more: a loss that may be
 * zero has no relative error. Returns the losses of the reference.
 */
export async function expectAgreement(
  page: Page,
  document: string,
  steps: number,
  scale = 0,
): Promise<readonly number[]> {
  if (page.url() === 'about:blank') await page.goto('/');
  const losses = await page.evaluate(
    ({ text, count }) =>
      globalThis.basinHarness.templateLosses(text, ['reference', 'tfjs', 'webgpu'], count),
    { text: document, count: steps },
  );
  const truth = losses.reference ?? [];
  expect(truth).toHaveLength(steps);
  for (const engine of ['tfjs', 'webgpu']) {
    const worst = truth.reduce((error, loss, step) => {
      const difference = Math.abs((losses[engine]?.[step] ?? NaN) - loss);
      const relative = difference / Math.max(Math.abs(loss), scale);
      return Number.isNaN(relative) ? Infinity : Math.max(error, relative);
    }, 0);
    expect(worst, `${engine} against reference`).toBeLessThan(TOLERANCE);
  }
  return truth;
}
