import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from '@playwright/test';
import { preferEngine, visitTemplate } from './fixtures/actions';
import { addAxe, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { openTab, runTo } from './fixtures/runs';

const chart = (page: Page): Locator => page.getByTestId('landscape');
const readout = (page: Page): Locator => page.getByTestId('landscape-readout');
const descent = (page: Page): Locator => page.getByTestId('descent');

/** Different colours along the middle line of what is drawn. */
async function coloursDrawn(page: Page): Promise<number> {
  return chart(page).evaluate((element) => {
    const canvas = element.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return 0;
    const { data } = context.getImageData(canvas.width / 4, 0, 1, canvas.height);
    const colours = new Set<string>();
    for (let at = 0; at < data.length; at += 4) colours.add(data.slice(at, at + 4).join());
    return colours.size;
  });
}

/** A place in the plot of a surface, in parts of its height from the top and of as much from the left. */
async function pointAt(
  page: Page,
  across: number,
  down: number,
): Promise<{ x: number; y: number }> {
  const box = await chart(page).boundingBox();
  if (!box) throw new Error('there is no landscape');
  return { x: 60 + across * (box.height - 60), y: 12 + down * (box.height - 60) };
}

async function saved(page: Page, name: string): Promise<Download> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ]);
  return download;
}

test('the landscape of x and y is drawn while it is trained, read, descended and saved', async ({
  page,
}, info) => {
  await preferEngine(page, 'tfjs');
  await addAxe(page);
  await visitTemplate(page, 'parabola');
  const panel = await openTab(page, 'Landscape');
  await expect(chart(page)).toHaveAttribute('data-step', 'initial');
  await expect.poll(() => coloursDrawn(page)).toBeGreaterThan(5);
  await runTo(page, 400);
  await expect(chart(page)).toHaveAttribute('data-step', /^[4-9]\d\d|1\d\d\d$/);

  // Hovering tells coordinates and F.
  await expect(readout(page)).toHaveText('x–y–F–');
  await chart(page).hover({ position: await pointAt(page, 0.9, 0.3) });
  await expect(readout(page)).toHaveText(/^x−?[\d.]+y−?[\d.]+F[\d.]+(e−\d+)?$/);

  // A click descends, at the same x, to the line of least energy.
  await chart(page).click({ position: await pointAt(page, 0.9, 0.3) });
  await expect(descent(page)).toContainText(/F [\d.]+ → [\d.e−]+ in \d+ steps?, at a minimum/);
  await expect(panel.getByRole('button', { name: 'Way down' })).toBeVisible();

  // What is drawn can be taken away.
  const csv = readFileSync(await (await saved(page, 'Save the landscape as CSV')).path(), 'utf8');
  const lines = csv.trimEnd().split('\r\n');
  expect(lines).toHaveLength(1 + 64 * 64);
  expect(lines[0]).toBe('x,y,F');
  for (const line of lines.slice(1)) {
    expect(line.split(',').map(Number).every(Number.isFinite)).toBe(true);
  }
  const png = readFileSync(await (await saved(page, 'Save the landscape as PNG')).path());
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.length).toBeGreaterThan(5000);

  // The keyboard alone moves a cursor, descends from it, and takes the way away.
  await chart(page).press('Escape');
  await expect(descent(page)).toBeEmpty();
  await chart(page).press('ArrowUp');
  await chart(page).press('Shift+ArrowRight');
  await expect(readout(page)).toHaveText(/^x[\d.−]+y[\d.−]+F[\d.]+(e−\d+)?$/);
  await chart(page).press('Enter');
  await expect(descent(page)).toContainText(/→/);

  // The density, with its temperature and what it is normalised over.
  await panel.page().getByRole('button', { name: 'Density', exact: true }).click();
  await expect(panel).toContainText('The sum is over y, for each x by itself');
  const beta = page.getByRole('textbox', { name: 'Inverse temperature β' });
  await beta.fill('50');
  await beta.press('Enter');
  await expect.poll(() => coloursDrawn(page)).toBeGreaterThan(5);

  // Another range is asked for by hand.
  const from = page.getByRole('textbox', { name: 'x from' });
  await from.fill('-0.5');
  await from.press('Enter');
  await expect(page.getByRole('button', { name: 'Choose the range by the data' })).toBeEnabled();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await info.attach(colorScheme, { body: await page.screenshot(), contentType: 'image/png' });
    await expectAccessible(page, `landscape, ${colorScheme}`);
  }
});

test('a graph without two numbers says what would have a landscape', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'jepa');
  const panel = await openTab(page, 'Landscape');
  await expect(panel).toContainText('No variable of two numbers');
  await expect(chart(page)).toHaveCount(0);
});

test('a graph that makes images shows them beside those that it was given', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'variational-autoencoder');
  await openTab(page, 'Landscape');
  const pictures = page.getByTestId('pictures');
  await expect(pictures).toHaveAttribute('data-step', 'initial');
  await expect(pictures).toHaveAccessibleName(
    /^12 held-out samples, a row for each of: Digits; Decoder$/,
  );
  await runTo(page, 60);
  await expect(pictures).toHaveAttribute('data-step', /^\d+$/);
  const png = readFileSync(await (await saved(page, 'Save the pictures as PNG')).path());
  expect(png.subarray(1, 4).toString()).toBe('PNG');
});
