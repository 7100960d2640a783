import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { preferEngine, savedText, visitTemplate } from './fixtures/actions';
import { addAxe, DOCK, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { openTab } from './fixtures/runs';

const cells = (page: Page): Locator => page.getByTestId('phase-cell');
const sweepRow = (page: Page): Locator => page.getByTestId('sweep-row').first();

interface Axis {
  readonly parameter: string;
  readonly values: string;
}

/** Plans a sweep in the form and runs it. */
async function sweep(
  page: Page,
  axes: readonly [Axis, ...Axis[]],
  seeds: number,
  steps: number,
): Promise<void> {
  await openTab(page, 'Sweeps');
  await page.getByRole('button', { name: 'New sweep' }).click();
  const form = page.getByRole('form', { name: 'New sweep' });
  for (const [index, { parameter, values }] of axes.entries()) {
    const place = index === 0 ? 'to the right' : 'upwards';
    const another = form.getByRole('button', { name: 'Another axis' });
    const count = await form.getByRole('button', { name: 'Leave this axis out' }).count();
    if (count <= index) await another.click();
    await form.getByRole('combobox', { name: `Parameter ${place}` }).click();
    await page.getByRole('option', { name: parameter, exact: true }).click();
    await form.getByRole('textbox', { name: `Values ${place}` }).fill(values);
  }
  const left = form.getByRole('button', { name: 'Leave this axis out' });
  if ((await left.count()) > axes.length) await left.last().click();
  await form.getByRole('textbox', { name: 'Seeds' }).fill(String(seeds));
  await form.getByRole('textbox', { name: 'Steps of each' }).fill(String(steps));
  await form.getByRole('button', { name: /^Run \d+ trials?$/ }).click();
}

async function finished(page: Page): Promise<number> {
  const bar = sweepRow(page).getByRole('progressbar');
  return Number(await bar.getAttribute('aria-valuenow'));
}

interface FiledRun {
  readonly trial: { readonly trial: number };
  readonly status: string;
  readonly curve: { readonly names: readonly string[]; readonly last: readonly number[] };
  readonly judgement: { readonly verdict: string } | null;
  readonly numbers: Readonly<Record<string, number>>;
}

/** The runs of the sweep, from the file that Export saves. */
async function exportedRuns(page: Page): Promise<readonly FiledRun[]> {
  await sweepRow(page)
    .getByRole('button', { name: /^Actions of/ })
    .click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export its runs' }).click(),
  ]);
  const entries = unzipSync(readFileSync(await download.path()));
  const manifest = entries['basin-runs.json'];
  if (manifest === undefined) throw new Error('the file has no list of runs');
  const { runs } = JSON.parse(strFromU8(manifest)) as { runs: FiledRun[] };
  return runs.toSorted((a, b) => a.trial.trial - b.trial.trial);
}

interface Line {
  readonly metrics: Readonly<Record<string, number>>;
  readonly verdict: string;
}

/** What the terminal prints for a sweep. */
async function terminalSweep(...options: string[]): Promise<readonly Line[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['scripts/basin.mjs', 'sweep', ...options, '--json'],
    { maxBuffer: 1e8 },
  );
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

// Few of each: the whole map of five by five takes minutes, and shows these three regions too.
const COVARIANCES = [0, 1] as const;
const VARIANCES = [0, 25] as const;
const STEPS = 100;
const RANK = 'expanderA.out.effectiveRank';

test('the collapse of VICReg over its two weights, with three seeds, is mapped through a reload', async ({
  page,
}, info) => {
  test.setTimeout(600_000);
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'vicreg');
  const document = await savedText(page);
  await sweep(
    page,
    [
      { parameter: 'VICReg: Covariance weight ν', values: COVARIANCES.join(', ') },
      { parameter: 'VICReg: Variance weight μ', values: VARIANCES.join(', ') },
    ],
    3,
    STEPS,
  );
  await expect(cells(page)).toHaveCount(4);
  await expect(sweepRow(page)).toContainText(/of 12 trials · \d+ workers?/);
  await expect.poll(() => finished(page), { timeout: 120_000 }).toBeGreaterThanOrEqual(2);
  await expect(sweepRow(page)).toContainText(/(s|min) left/);

  // In the middle of it the page goes, and comes back.
  await page.reload();
  await openTab(page, 'Sweeps');
  await expect(sweepRow(page)).toContainText('at rest');
  const kept = await finished(page);
  expect(kept).toBeGreaterThanOrEqual(2);
  expect(kept).toBeLessThan(12);
  await sweepRow(page)
    .getByRole('button', { name: /^Run on/ })
    .click();
  await expect.poll(() => finished(page), { timeout: 300_000 }).toBe(12);
  await expect(sweepRow(page)).toContainText('12 of 12 trials · done');
  // The open document has nothing to do with it.
  expect(await savedText(page)).toBe(document);

  // The map: nothing keeps variance up in the lowest row, nothing decorrelates in the first column.
  const words = await cells(page).allInnerTexts();
  // From the top: the largest weight of the variance.
  const at = (variance: number, covariance: number): string =>
    words[
      (1 - VARIANCES.findIndex((w) => w === variance)) * 2 +
        COVARIANCES.findIndex((w) => w === covariance)
    ] ?? '';
  for (const covariance of COVARIANCES) expect(at(0, covariance)).toContain('Complete');
  expect(at(25, 0)).toContain('Dimensional');
  expect(at(25, 1)).toContain('Healthy');
  // Regions have borders.
  await expect(cells(page).locator('xpath=self::*[@data-edge-top="true"]').first()).toBeVisible();
  await info.attach('phase diagram', { body: await page.screenshot(), contentType: 'image/png' });

  // Any statistic instead.
  await page.getByRole('combobox', { name: 'What the cells show' }).click();
  await page.getByRole('option', { name: RANK, exact: true }).click();
  await expect(cells(page).first()).toHaveText(/^\d/);
  await info.attach('effective rank', { body: await page.screenshot(), contentType: 'image/png' });

  // The terminal says the same, number by number.
  const runs = await exportedRuns(page);
  expect(runs).toHaveLength(12);
  const lines = await terminalSweep(
    'vicreg',
    ...['--over', 'vicreg.covariance=0,1', '--over', 'vicreg.variance=0,25'],
    ...['--seeds', '3', '--steps', String(STEPS), '--metric', 'loss', '--metric', RANK],
  );
  expect(lines).toHaveLength(runs.length);
  for (const [index, { metrics: printed, verdict }] of lines.entries()) {
    const run = runs[index];
    expect(run?.curve.last[run.curve.names.indexOf('loss')]).toBe(printed['loss']);
    expect(run?.judgement?.verdict).toBe(verdict);
    // Logarithms and powers differ in their last digit between one JavaScript engine and another.
    expect(run?.numbers[RANK]).toBeCloseTo(printed[RANK] ?? NaN, 10);
  }

  // A cell opens what was trained there.
  await cells(page).last().click();
  await expect(page.getByRole('tab', { name: 'Runs' })).toHaveAttribute('data-state', 'active');
  await expect(page.getByTestId('run-row')).toHaveCount(3);
  await page.getByRole('button', { name: 'Group seeds' }).click();
  await expect(page.getByTestId('run-row')).toHaveCount(1);
});

test('a sweep is paused, run on, and swept away; ablations and seeds are axes too', async ({
  page,
}) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await sweep(
    page,
    [
      { parameter: 'Seed', values: '1..12/12' },
      { parameter: 'Learning rate', values: '0.01, 0.001' },
    ],
    1,
    300,
  );
  await expect(cells(page)).toHaveCount(24);
  await expect.poll(() => finished(page)).toBeGreaterThan(0);
  await sweepRow(page)
    .getByRole('button', { name: /^Pause/ })
    .click();
  await expect(sweepRow(page)).toContainText('at rest');
  const rested = await finished(page);
  expect(rested).toBeLessThan(24);
  await sweepRow(page)
    .getByRole('button', { name: /^Run on/ })
    .click();
  await expect.poll(() => finished(page), { timeout: 120_000 }).toBe(24);

  await sweep(page, [{ parameter: 'F(x, y): bypassed', values: 'false, true' }], 1, 20);
  await expect(sweepRow(page)).toContainText('2 of 2 trials · done', { timeout: 60_000 });
  const [on, off] = await exportedRuns(page);
  expect(on).toMatchObject({ status: 'done' });
  // Without its energy the graph has nothing to train.
  expect(off).toMatchObject({ status: 'failed', judgement: null });

  await sweepRow(page)
    .getByRole('button', { name: /^Actions of/ })
    .click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete with its runs' }).click();
  await expect(page.getByTestId('sweep-row')).toHaveCount(1);
  await openTab(page, 'Runs');
  await expect(page.getByTestId('run-row')).toHaveCount(24);
});

test('what the terminal has swept is taken in', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'basin-swept-'));
  try {
    const lines = await terminalSweep(
      'parabola',
      ...['--over', 'training.learningRate=0.001,0.01', '--steps', '20', '--out', folder],
    );
    await preferEngine(page, 'tfjs');
    await visitTemplate(page, 'parabola');
    await openTab(page, 'Runs');
    const asked = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /^Import runs/ }).click();
    await (await asked).setFiles(join(folder, 'sweep.basin-runs.zip'));
    await expect(page.getByTestId('run-row')).toHaveCount(2);
    await openTab(page, 'Sweeps');
    await expect(sweepRow(page)).toContainText('2 of 2 trials · done');
    await page.getByRole('combobox', { name: 'What the cells show' }).click();
    await page.getByRole('option', { name: 'loss', exact: true }).click();
    const shown = await cells(page).allInnerTexts();
    expect(shown.map(Number)).toEqual(
      lines.map(({ metrics }) => Number(metrics['loss']?.toPrecision(4))),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('no barriers among the sweeps in either theme', async ({ page }, info) => {
  test.setTimeout(600_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await preferEngine(page, 'tfjs');
  await addAxe(page);
  await visitTemplate(page, 'vicreg');
  await openTab(page, 'Sweeps');
  await expectAccessible(page, 'no sweeps', DOCK);
  await page.getByRole('button', { name: 'New sweep' }).click();
  await expectAccessible(page, 'the form', DOCK);
  await info.attach('form', { body: await page.screenshot(), contentType: 'image/png' });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await sweep(
    page,
    [
      { parameter: 'VICReg: Covariance weight ν', values: '0, 1' },
      { parameter: 'VICReg: Variance weight μ', values: '0, 25' },
    ],
    1,
    STEPS,
  );
  await expect(sweepRow(page)).toContainText('4 of 4 trials · done', { timeout: 120_000 });
  await expectAccessible(page, 'a phase diagram', DOCK);
  await info.attach('verdicts', { body: await page.screenshot(), contentType: 'image/png' });
  await page.getByRole('combobox', { name: 'What the cells show' }).click();
  await page.getByRole('option', { name: 'loss', exact: true }).click();
  await expectAccessible(page, 'a heat map', DOCK);
  await info.attach('loss', { body: await page.screenshot(), contentType: 'image/png' });
});
