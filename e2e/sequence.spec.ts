import { readFileSync } from 'node:fs';
import { preferEngine, visitTemplate } from './fixtures/actions';
import { addAxe, DOCK, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { savedFigure } from './fixtures/figures';
import { openTab, runTo } from './fixtures/runs';

test('a sequence is followed: its film, places that probes say, and errors over the steps', async ({
  page,
}, info) => {
  await preferEngine(page, 'tfjs');
  await addAxe(page);
  await visitTemplate(page, 'h-jepa');
  const panel = await openTab(page, 'Sequence');
  const rested = await runTo(page, 60);
  await expect(page.getByTestId('sequence')).toHaveAttribute('data-step', String(rested));

  // Both levels are in one chart, and in the legend with how far they are off here.
  const places = panel.getByRole('group', { name: 'Places' });
  await expect(places.getByRole('button')).toHaveText([
    /^Place by level 1± /,
    /^Place by level 2± /,
  ]);
  await expect(panel.getByRole('img', { name: /^Places: .*over 19 steps$/ })).toBeVisible();
  const picture = panel.getByTestId('sequence-frame');
  const both = await picture.screenshot();
  await places.getByRole('button', { name: /level 2/ }).click();
  await expect.poll(async () => (await picture.screenshot()).equals(both)).toBe(false);
  await places.getByRole('button', { name: /level 2/ }).click();

  // The step is scrubbed by the slider, the film and the chart.
  const slider = panel.getByRole('slider', { name: 'Step of the sequence' });
  await expect(slider).toHaveValue('19');
  await slider.press('Home');
  await expect(slider).toHaveValue('1');
  await expect(places.getByRole('button')).toHaveText([/from 6$/, /from 7$/]);
  const film = panel.getByRole('slider', { name: 'Film' });
  await film.press('ArrowRight');
  await expect(slider).toHaveValue('2');
  await film.click({ position: { x: 5 * 43 + 10, y: 20 } });
  await expect(slider).toHaveValue('6');
  const chart = panel.locator('.u-over');
  const { width = 0, height = 0 } = (await chart.boundingBox()) ?? {};
  await chart.click({ position: { x: (width * 9) / 18, y: height / 2 } });
  await expect(slider).toHaveValue('10');

  const before = await picture.screenshot();
  await panel.getByRole('button', { name: 'Next sequence' }).click();
  await expect(panel.getByRole('textbox', { name: 'Held-out sequence' })).toHaveValue('2');
  await expect.poll(async () => (await picture.screenshot()).equals(before)).toBe(false);
  await panel.getByRole('button', { name: 'Play the film' }).click();
  await expect(slider).not.toHaveValue('10');
  await panel.getByRole('button', { name: 'Stop the film' }).click();

  await page.getByRole('combobox', { name: 'What is drawn over the steps' }).click();
  await page.getByRole('option', { name: 'Error by horizon 1' }).click();
  await expect(panel.getByText('other pairs, mean')).toBeVisible();

  const saved = async (button: string): Promise<Buffer> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    return readFileSync(await download.path());
  };
  const csv = (await saved('Save the curves of this sequence as CSV')).toString().split('\r\n');
  expect(csv[0]).toMatch(/^step,Place by level 1,"Place by level 1, mean",Place by level 2/);
  // A field of level 2 is empty between its strides.
  expect(csv[7]?.split(',')[3]).not.toBe('');
  expect(csv[8]?.split(',')[3]).toBe('');
  expect(
    (await savedFigure(page, 'Save the sequence as a picture')).subarray(1, 4).toString(),
  ).toBe('PNG');

  await panel.getByRole('slider', { name: 'Step of the sequence' }).press('End');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await info.attach('sequence', { body: await page.screenshot(), contentType: 'image/png' });
  await expectAccessible(page, 'sequence', DOCK);
});

test('a graph whose data has no time says what would be here', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'vicreg');
  const panel = await openTab(page, 'Sequence');
  await expect(panel.getByText('No sequence to follow')).toBeVisible();
});

test('in two rooms the imagined path is drawn over the true one', async ({ page }, info) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'world-model');
  const panel = await openTab(page, 'Sequence');
  const rested = await runTo(page, 60);
  await expect(page.getByTestId('sequence')).toHaveAttribute('data-step', String(rested));
  const places = panel.getByRole('group', { name: 'Places' }).getByRole('button');
  await expect(places).toHaveText([
    /^Position: dot± /,
    /^Position: distractor± /,
    /^Imagined position± /,
  ]);
  // What is imagined begins with the second step.
  await panel.getByRole('slider', { name: 'Step of the sequence' }).press('Home');
  await expect(places.last()).toHaveText(/from 2$/);
  await panel.getByRole('slider', { name: 'Step of the sequence' }).press('End');
  await info.attach('two rooms', { body: await page.screenshot(), contentType: 'image/png' });
});
