import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { preferEngine, visitTemplate } from './fixtures/actions';
import { addAxe, DOCK, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { savedFigure } from './fixtures/figures';
import { openTab, runTo } from './fixtures/runs';

const chart = (page: Page): Locator => page.getByTestId('embedding');
const selection = (page: Page): Locator => page.getByTestId('embedding-selection');

/** Different colours in a picture of the points. */
async function coloursDrawn(page: Page): Promise<number> {
  const picture = await chart(page).screenshot();
  return page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: [] };
    const colours = new Set<string>();
    for (let at = 0; at < data.length; at += 4) {
      // In steps of 32, so that edges do not count.
      colours.add([0, 1, 2].map((channel) => (data[at + channel] ?? 0) >> 5).join());
    }
    return colours.size;
  }, picture.toString('base64'));
}

async function saved(page: Page, name: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ]);
  return readFileSync(await download.path());
}

test('representations are drawn as points, pointed at, circled and saved', async ({
  page,
}, info) => {
  await preferEngine(page, 'tfjs');
  await addAxe(page);
  await visitTemplate(page, 'vicreg');
  const panel = await openTab(page, 'Embedding');
  await expect(chart(page)).toHaveAttribute('data-points', '360');
  await expect(chart(page)).toHaveAttribute('data-step', 'initial');
  await expect.poll(() => coloursDrawn(page)).toBeGreaterThan(12);
  await runTo(page, 20);
  await expect(chart(page)).toHaveAttribute('data-step', /^\d+$/);
  await expect(panel).toContainText(/\d+ % of their variance lies in the plane/);

  // By keys to a point, which says what it is.
  await chart(page).press('n');
  await expect(page.getByTestId('embedding-sample')).toContainText(/^Sample1Label\d/);
  await expect(panel.getByRole('img', { name: /of sample 1$/ })).toBeVisible();
  await chart(page).press('Enter');
  await expect(selection(page)).toContainText('1 sample selected: 1 of ');
  await chart(page).press('Escape');
  await expect(selection(page)).toHaveText('No sample is selected.');

  // A line around the left half.
  const box = await chart(page).boundingBox();
  if (!box) throw new Error('there is no chart');
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await panel.getByRole('button', { name: 'Drag to circle points' }).click();
  await page.mouse.move(...at(0.02, 0.98));
  await page.mouse.down();
  for (const [x, y] of [[0.5, 0.98], [0.5, 0.02], [0.1, 0.02], [0.02, 0.4]] as const) await page.mouse.move(...at(x, y)); // prettier-ignore
  await page.mouse.up();
  await expect(selection(page)).toContainText(/^\d+ samples selected: \d+ of \d/);
  const circled = Number((await selection(page).textContent())?.match(/^\d+/)?.[0]);
  expect(circled).toBeGreaterThan(20);
  expect(circled).toBeLessThan(340);

  const csv = (await saved(page, 'Save the embedding as CSV')).toString().trimEnd().split('\r\n');
  expect(csv[0]).toBe('sample,x,y,label,selected');
  expect(csv).toHaveLength(361);
  expect(csv.filter((line) => line.endsWith(',1'))).toHaveLength(circled);
  const png = await savedFigure(page, 'Save the embedding as a picture');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.length).toBeGreaterThan(10_000);

  await panel.page().getByRole('button', { name: '3-D', exact: true }).click();
  await expect(panel).toContainText('lies in the space that is shown');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await info.attach('embedding', { body: await page.screenshot(), contentType: 'image/png' });
  await expectAccessible(page, 'embedding', DOCK);
});
