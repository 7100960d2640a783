import type { Page } from '@playwright/test';
import {
  dropFile,
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
import { compareHeaps, watchHeap } from './fixtures/heap';

/** Of runs, resets and changes of the document, an even number; `BASIN_HEAP_ROUNDS=200` takes some minutes. */
const ROUNDS = Number(process.env['BASIN_HEAP_ROUNDS'] ?? 20);
/** Until what is made once is there: caches, lists that keep the last of many. */
const WARM_UP = 10;
/**
 * Of what is held, code aside. Over 200 rounds workers grow by a quarter of a percent, and come and go by half of one; the page grows
 * by 2.7, half of it in the first 20: the browser's own entries of performance up to its limits, its tables and styles.
 */
const GROWTH = { page: 1.04, worker: 1.02 };

const TEMPLATES = ['parabola', 'vicreg'] as const;

/**
 * Opens a document, runs it, and goes back to its beginning. The file is dropped: of the dialog for files Playwright would keep
 * an element each time.
 */
async function round(page: Page, index: number): Promise<void> {
  const slug = TEMPLATES[index % TEMPLATES.length] ?? 'parabola';
  const content = templateText(slug);
  await dropFile(page, { name: `${slug}.json`, content });
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
  // The workers that compute are among those that are watched.
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  expect([...after.keys()]).toEqual(
    expect.arrayContaining(['page', 'probe.worker', 'train.worker']),
  );
  const growths = compareHeaps(before, after);
  for (const { name, held, code } of growths) {
    console.log(
      `${name}, ${ROUNDS} rounds: ${held.join(' → ')} kB, and ${code.join(' → ')} kB of code`,
    );
  }
  await info.attach('heap', { body: JSON.stringify(growths, null, 2) });
  for (const { name, held, mostGrown } of growths) {
    const [from, to] = held;
    const what = `kB of ${name}, most of it ${JSON.stringify(mostGrown)}`;
    const bar = name === 'page' ? GROWTH.page : GROWTH.worker;
    expect.soft(to, what).toBeLessThan(bar * from);
  }
});
