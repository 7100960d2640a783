import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { findBrowser } from '../scripts/ensure-browser.mjs';
import { browserArgs } from '../scripts/lib/browserArgs.mjs';
import {
  preferEngine,
  runButton,
  savedText,
  stepOf,
  templateTitle,
  title,
  visitTemplate,
  waitForStep,
} from './fixtures/actions';
import { addAxe, DOCK, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import {
  keptSteps,
  metrics,
  openTab,
  pause,
  runLong,
  runTo,
  waitForKeptState,
} from './fixtures/runs';

const rows = (page: Page): Locator => page.getByTestId('run-row');

async function doWith(page: Page, row: Locator, action: string): Promise<void> {
  await row.getByRole('button', { name: /^Actions of/ }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

/** A browser that keeps what it stored when it is started again. */
function startBrowser(folder: string, baseURL: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    executablePath: findBrowser(),
    args: browserArgs('software'),
    baseURL,
    viewport: { width: 1440, height: 900 },
  });
}

/** From the first step on. A fast machine makes more steps than a curve keeps: then a point stands for as many as the next. */
function expectNoGap(steps: readonly number[]): void {
  const stride = steps[1] ?? NaN;
  expect(steps).toEqual(steps.map((_, index) => index * stride));
}

test('a run outlives its browser being killed, and goes on', async ({ baseURL }) => {
  const folder = mkdtempSync(join(tmpdir(), 'basin-killed-'));
  try {
    const killed = await startBrowser(folder, baseURL ?? '');
    const first = killed.pages()[0] ?? (await killed.newPage());
    await preferEngine(first, 'tfjs');
    await visitTemplate(first, 'parabola');
    await runLong(first);
    await runButton(first).click();
    await waitForStep(first, 50);
    await waitForKeptState(first);
    const kept = await keptSteps(first);
    const rate = await stepOf(first);
    expect(rate).toBeGreaterThan(kept.checkpoint);
    const gone = new Promise<void>((resolve) => killed.on('close', () => resolve()));
    const control = await killed.newCDPSession(first);
    control.send('Browser.crash').catch(() => undefined);
    await gone;

    const again = await startBrowser(folder, baseURL ?? '');
    const page = again.pages()[0] ?? (await again.newPage());
    await page.goto('/');
    await expect(title(page)).toHaveValue(templateTitle('parabola'));
    await openTab(page, 'Runs');
    const row = rows(page).first();
    await expect(row).toContainText('Interrupted');
    await expect(rows(page)).toHaveCount(1);
    const found = await keptSteps(page);
    expect(found.step).toBeGreaterThanOrEqual(kept.step);
    // Its curve is drawn: the value at its last step stands beside it.
    await expect(row.locator('td').nth(1)).toHaveText(/^\d/);

    await doWith(page, row, 'Resume');
    await waitForStep(page, found.checkpoint + 30);
    await expect(rows(page)).toHaveCount(1);
    await expect(row).toContainText('Running');
    await pause(page);
    await expect(row).toContainText('At rest');
    // One curve from the first step on, without a gap.
    const curves = await metrics(page);
    const steps = curves.get('step') ?? [];
    expectNoGap(steps);
    expect(steps.at(-1)).toBeGreaterThan(found.checkpoint);
    expect(curves.get('Total')?.every(Number.isFinite)).toBe(true);
    await again.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a resumed run is the run that it would have been', async ({ page }) => {
  await preferEngine(page, 'reference');
  await visitTemplate(page, 'parabola');
  await runLong(page);
  const rested = await runTo(page, 25);
  // The same graph and seed once more, without a break.
  await page.getByRole('button', { name: 'Reset to step 0' }).click();
  await expect(page.getByText('No run yet')).toBeVisible();
  await runTo(page, rested + 25);
  const unbroken = (await metrics(page)).get('Total') ?? [];

  await openTab(page, 'Runs');
  await expect(rows(page)).toHaveCount(2);
  await page.reload();
  await openTab(page, 'Runs');
  const older = rows(page).nth(1);
  await doWith(page, older, 'Resume');
  await waitForStep(page, rested + 25);
  await pause(page);
  const resumed = (await metrics(page)).get('Total') ?? [];
  const length = Math.min(unbroken.length, resumed.length);
  expect(length).toBeGreaterThan(rested + 10);
  expect(resumed.slice(0, length)).toEqual(unbroken.slice(0, length));
});

test('runs are found, named, compared, exported and taken in again', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  const seed = page.getByRole('textbox', { name: 'Seed', exact: true });
  for (const number of [1, 2, 3]) {
    await seed.fill(String(number));
    await seed.press('Enter');
    await page.keyboard.press('Escape');
    if (number === 3) {
      await page.getByRole('textbox', { name: 'Batch size' }).fill('64');
      await page.keyboard.press('Enter');
    }
    await runButton(page).click();
    await waitForStep(page, 20);
    await pause(page);
  }
  const open = await savedText(page);
  await openTab(page, 'Runs');
  await expect(rows(page)).toHaveCount(3);

  // Everything but the seed is the same in two of them.
  await page.getByRole('button', { name: 'Group seeds' }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toContainText('(2 seeds)');
  const value = rows(page).nth(1).locator('td').nth(1);
  await expect(value).toHaveText(/^\d\S* \S+ … \S+$/);
  const before = await value.innerText();
  await rows(page).first().getByRole('button', { name: /^Hide/ }).click();
  expect(await value.innerText()).toBe(before);
  await page.getByRole('button', { name: 'Group seeds' }).click();

  // A search by number, and by a word that the run was given.
  const search = page.getByRole('searchbox', { name: 'Search runs' });
  await search.fill('seed=2');
  await expect(rows(page)).toHaveCount(1);
  await rows(page).first().getByRole('button', { name: 'Parabola', exact: true }).click();
  const details = page.getByRole('region', { name: /^Run / });
  await details.getByRole('textbox', { name: 'Name of the run' }).fill('The second');
  await page.keyboard.press('Enter');
  await details.getByRole('textbox', { name: /^Tags/ }).fill('paper, good');
  await page.keyboard.press('Enter');
  await search.fill('tag:good');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText('The second');
  await rows(page).first().getByRole('button', { name: 'Star The second' }).click();

  // Against the open graph, in words.
  const differences = details.getByTestId('differences');
  await expect(differences).toContainText('Training: seed 3 → 2');
  await expect(differences).toContainText('Training: batchSize 64 → 128');
  await expect(differences.getByRole('listitem')).toHaveCount(2);

  // Its graph comes back, and the open one stays in the list of documents.
  await details.getByRole('button', { name: 'Open graph' }).click();
  await expect(seed).toHaveValue('2');
  await expect(page.getByText(/is kept among your documents/)).toBeVisible();
  await expect(details).toContainText('They mean the same.');
  expect(JSON.parse(await savedText(page))).not.toEqual(JSON.parse(open));

  // One file, away and back.
  await search.fill('');
  await page.getByRole('button', { name: 'Storage and export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export what is listed' }).click(),
  ]);
  const file = readFileSync(await download.path());
  await page.getByRole('button', { name: 'Storage and export' }).click();
  await page.getByRole('menuitem', { name: 'Delete what is listed…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('No runs yet')).toBeVisible();
  await takeIn(page, 'mine.zip', file);
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).filter({ hasText: 'The second' })).toContainText('good');
  await takeIn(page, 'mine.zip', file);
  await expect(page.getByText('3 runs of it are here already')).toBeVisible();
  await expect(rows(page)).toHaveCount(3);

  // What is no such file is called so.
  await takeIn(page, 'cut.zip', file.subarray(0, 300));
  await expect(page.getByRole('alert')).toContainText('“cut.zip” is a damaged zip file');
  await takeIn(page, 'graph.zip', Buffer.from(open));
  await expect(page.getByRole('alert')).toContainText('“graph.zip” has no runs');
});

/** Chooses a file of runs in the browser's own dialog. */
async function takeIn(page: Page, name: string, buffer: Buffer): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  await page
    .getByRole('button', { name: /^Import runs/ })
    .first()
    .click();
  await (await asked).setFiles({ name, mimeType: 'application/zip', buffer });
}

test('two tabs record at once, and neither takes the run of the other', async ({
  page,
  context,
}) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await runLong(page);
  const other = await context.newPage();
  await other.addInitScript(() => localStorage.setItem('basin.engine', 'tfjs'));
  await other.goto('/');
  await other.getByRole('button', { name: 'Templates', exact: true }).click();
  await other.getByTestId('template-ellipse').click();
  await runLong(other);
  await runButton(page).click();
  await runButton(other).click();
  await waitForStep(page, 40);
  await waitForStep(other, 10);
  await openTab(other, 'Runs');
  await expect(rows(other)).toHaveCount(2);
  await expect(rows(other).filter({ hasText: 'Running' })).toHaveCount(2);
  const foreign = rows(other).filter({ hasText: templateTitle('parabola') });
  // It was kept once at least, so that there is something to go on with.
  await expect
    .poll(async () => foreign.getByRole('button', { name: /^Actions/ }).isVisible())
    .toBe(true);
  await expect(async () => {
    await doWith(other, foreign, 'Resume');
    await expect(other.getByRole('alert')).toContainText('is going on in another tab', {
      timeout: 2000,
    });
  }).toPass();
  await pause(other);
  // The browser is slow to draw a tab that is not in front.
  await page.bringToFront();
  await waitForStep(page, (await stepOf(page)) + 10);
  await pause(page);
  const curves = await metrics(page);
  const steps = curves.get('step') ?? [];
  expectNoGap(steps);
});

test('a full disk is told, and training goes on', async ({ page }) => {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
      if (this.transaction.db.name === 'basin-runs') {
        throw new DOMException('No room', 'QuotaExceededError');
      }
      return put.apply(this, given);
    };
  });
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await runLong(page);
  await runButton(page).click();
  await openTab(page, 'Runs');
  await expect(page.getByRole('alert')).toContainText(
    'The browser has no room left: the run is not recorded.',
  );
  await waitForStep(page, (await stepOf(page)) + 20);
  await pause(page);
});

test('no barriers among the runs in either theme', async ({ page }, info) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await preferEngine(page, 'tfjs');
  await addAxe(page);
  await visitTemplate(page, 'jepa');
  await openTab(page, 'Runs');
  await expectAccessible(page, 'no runs', DOCK);
  for (const seed of [1, 2, 3]) {
    await page.getByRole('textbox', { name: 'Seed', exact: true }).fill(String(seed));
    await page.keyboard.press('Enter');
    await runButton(page).click();
    await waitForStep(page, 120);
    await pause(page);
  }
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first().locator('td').nth(1)).toHaveText(/^\d/);
  await expectAccessible(page, 'runs', DOCK);
  await info.attach('runs', { body: await page.screenshot(), contentType: 'image/png' });
  await rows(page).first().getByRole('button', { name: 'JEPA', exact: true }).click();
  await expectAccessible(page, 'a chosen run', DOCK);
  await info.attach('a run', { body: await page.screenshot(), contentType: 'image/png' });
  await page.getByRole('button', { name: 'Group seeds' }).click();
  await page.getByRole('button', { name: 'Close the run' }).click();
  await expectAccessible(page, 'groups', DOCK);
  await info.attach('groups', { body: await page.screenshot(), contentType: 'image/png' });
});
