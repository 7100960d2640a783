import type { Page } from '@playwright/test';
import { nodeNamed, preferEngine, savedText, title, visitTemplate } from './fixtures/actions';
import { addAxe, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { verdict } from './fixtures/runs';

const guide = (page: Page) => page.getByTestId('guide');
const experiment = (page: Page, id: string) => page.getByTestId(`experiment-${id}`);

test.beforeEach(async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('the reading path leads through the gallery, and says what of the notes each step rebuilds', async ({
  page,
}) => {
  await addAxe(page);
  await page.goto('/');
  const gallery = page.getByRole('dialog', { name: 'Welcome to Basin' });
  await gallery.getByRole('radio', { name: /^Reading path/ }).click();
  const steps = gallery.getByRole('region', { name: 'Reading path' }).getByRole('button');
  await expect(steps).toHaveCount(14);
  await expect(steps.first()).toContainText('Rebuilds Fig. 3b');
  await expectAccessible(page, 'the reading path', '[role="dialog"]');
  await steps.nth(1).click();
  await expect(title(page)).toHaveValue('Hopfield network');
  await expect(guide(page)).toContainText('path 2 of 14');
  await expect(guide(page)).toContainText('You rebuild §5.1');
  await guide(page)
    .getByRole('button', { name: /^Next: Collapse/ })
    .click();
  await expect(guide(page)).toContainText('path 3 of 14');
});

test('VICReg is broken by a click, judged as expected, and mended by another', async ({ page }) => {
  await visitTemplate(page, 'vicreg');
  await expect(page.getByTestId('guide-bar')).toHaveText(/^Guide: VICReg0 of 6/);
  const whole = await savedText(page);
  const item = experiment(page, 'without-covariance');
  await item.getByRole('button', { name: /^Break it/ }).click();
  await expect(page.getByTestId('problems')).toHaveAccessibleName(/1 warning/);
  await expect(page.getByRole('textbox', { name: 'Covariance weight ν', exact: true })).toHaveValue(
    '0',
  );
  await expect(item.getByRole('status')).toHaveText(/^Expected: dimensional collapse\./);
  expect(await savedText(page)).not.toBe(whole);

  await item.getByRole('button', { name: /^Run/ }).click();
  await expect(item.getByRole('status')).toHaveText('As expected: dimensional collapse.', {
    timeout: 90_000,
  });
  await expect(verdict(page)).toHaveText('Dimensional collapse');
  await expect(item.getByRole('img')).toHaveAccessibleName(/^came out as expected/);

  await item.getByRole('button', { name: /^Undo this/ }).click();
  expect(await savedText(page)).toBe(whole);
  await expect(page.getByTestId('problems')).toHaveText('No problems');
  await page.keyboard.press('Control+Shift+z');
  await expect(item.getByRole('button', { name: /^Undo this/ })).toBeVisible();

  // Another one takes its place, and what was done is known after a reload.
  await experiment(page, 'without-vicreg')
    .getByRole('button', { name: /^Break it/ })
    .click();
  await expect(item.getByRole('button', { name: /^Break it/ })).toBeVisible();
  await page.reload();
  await expect(page.getByTestId('guide-bar')).toHaveText(/2 of 6/);
  await experiment(page, 'without-vicreg')
    .getByRole('button', { name: /^Undo this/ })
    .click();
  expect(JSON.parse(await savedText(page))).toEqual(JSON.parse(whole));
});

test('names in the text light their nodes, by pointer and by keyboard', async ({ page }) => {
  await addAxe(page);
  await visitTemplate(page, 'jepa');
  const name = guide(page).getByRole('button', { name: 'predictor', exact: true });
  const lit = page.locator('[data-lit="true"]');
  await name.hover();
  await expect(lit).toHaveText(/Predictor/);
  await page.mouse.move(400, 300);
  await expect(lit).toHaveCount(0);
  await name.focus();
  await expect(lit).toHaveText(/Predictor/);
  await page.keyboard.press('Enter');
  await expect(page.locator('.react-flow__node.selected')).toHaveText(/Predictor/);

  // The keyboard goes to what takes the place of the button.
  const item = experiment(page, 'without-vicreg');
  await item.getByRole('button', { name: /^Break it/ }).focus();
  await page.keyboard.press('Enter');
  await expect(item.getByRole('button', { name: /^Run/ })).toBeFocused();
  await expectAccessible(page, 'guide');
});

test('an experiment that no longer fits says why, and the guide folds', async ({ page }) => {
  await visitTemplate(page, 'jepa');
  await nodeNamed(page, 'R(z)').click();
  await page.keyboard.press('Delete');
  const item = experiment(page, 'free-latent');
  await expect(item).toContainText('The graph has no “R(z)”.');
  const button = item.getByRole('button', { name: /^Break it/ });
  await expect(button).toHaveAttribute('aria-disabled', 'true');

  const bar = page.getByTestId('guide-bar');
  await bar.click();
  await expect(guide(page)).toHaveCount(0);
  await expect(bar).toBeFocused();
  await page.reload();
  await expect(bar).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('guide');
  await page.getByRole('option', { name: /^Open or fold the guide/ }).click();
  await expect(guide(page)).toBeVisible();

  const next = guide(page).getByRole('button', { name: /^Next: / });
  const name = (await next.innerText()).replace('Next: ', '').trim();
  await next.click();
  await expect(title(page)).toHaveValue(name);
  await expect(bar).toContainText(name);
});
