import { preferEngine, visitTemplate } from './fixtures/actions';
import { addAxe, DOCK, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { savedFigure } from './fixtures/figures';
import { openTab, runTo } from './fixtures/runs';

test('a code is changed by hand, and what is made of it changes', async ({ page }, info) => {
  await preferEngine(page, 'tfjs');
  await addAxe(page);
  await visitTemplate(page, 'variational-autoencoder');
  const panel = await openTab(page, 'Latent');
  const made = panel.getByRole('img', { name: 'Made of z', exact: true });
  await expect(panel.getByRole('img', { name: 'Made of z₈ from low to high' })).toBeVisible();
  const rested = await runTo(page, 60);
  await expect(page.getByTestId('latent')).toHaveAttribute('data-step', String(rested));
  const before = await made.screenshot();
  await panel.getByRole('slider', { name: 'z₁' }).press('End');
  await expect.poll(async () => (await made.screenshot()).equals(before)).toBe(false);
  await panel.getByRole('button', { name: 'As it is' }).click();
  await expect.poll(async () => (await made.screenshot()).equals(before)).toBe(true);
  const png = await savedFigure(page, 'Save what is made of the code');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await info.attach('latent', { body: await page.screenshot(), contentType: 'image/png' });
  await expectAccessible(page, 'latent', DOCK);
});
