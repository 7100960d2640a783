import type { Page } from '@playwright/test';
import {
  openFile,
  preferEngine,
  runButton,
  stepOf,
  templateText,
  templateTitle,
  title,
  visit,
  waitForStep,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { watchHeap } from './fixtures/heap';

/** Of runs, resets and changes of the document; `BASIN_HEAP_ROUNDS=200` takes some minutes. */
const ROUNDS = Number(process.env['BASIN_HEAP_ROUNDS'] ?? 20);
/** Until what is made once is there: code, caches, the most that the history keeps. */
const WARM_UP = 20;
const GROWTH = 1.1;

const TEMPLATES = ['parabola', 'vicreg'] as const;

/** Opens a document, runs it, and goes back to its beginning. */
async function round(page: Page, index: number): Promise<void> {
  const slug = TEMPLATES[index % TEMPLATES.length] ?? 'parabola';
  const content = templateText(slug);
  await openFile(page, { name: `${slug}.json`, content });
  await expect(title(page)).toHaveValue(templateTitle(slug));
  await expect(runButton(page)).toHaveText('Run');
  await page.getByRole('button', { name: 'One step' }).click();
  await waitForStep(page, 1);
  await page.getByRole('button', { name: 'Reset to step 0' }).click();
  await expect.poll(() => stepOf(page)).toBe(0);
}

test('memory stays as it is over runs, resets and documents', async ({ page }, info) => {
  test.setTimeout((WARM_UP + ROUNDS) * 10_000);
  await preferEngine(page, 'tfjs');
  await visit(page);
  const heap = await watchHeap(page);
  for (let index = 0; index < WARM_UP; index++) await round(page, index);
  const before = await heap();
  for (let index = 0; index < ROUNDS; index++) await round(page, index);
  const after = await heap();
  const rows = [...after].map(([name, bytes]) => ({
    name,
    before: Math.round((before.get(name) ?? NaN) / 1e3),
    after: Math.round(bytes / 1e3),
  }));
  console.log(`kB before and after ${ROUNDS} rounds: ${JSON.stringify(rows)}`);
  await info.attach('heap', { body: JSON.stringify(rows, null, 2) });
  // The workers that compute are among those that are watched.
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  expect([...after.keys()]).toEqual(expect.arrayContaining(['page', 'train.worker']));
  for (const { name, before: from, after: to } of rows) {
    expect(to, `kB of ${name}`).toBeLessThan(GROWTH * from);
  }
});
