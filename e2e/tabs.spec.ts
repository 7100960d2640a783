import type { Locator, Page } from '@playwright/test';
import { graphNodes, savedText, templateTitle, title, visitTemplate } from './fixtures/actions';
import { expect, test } from './fixtures/browser';

function saveMark(page: Page): Locator {
  return page.getByRole('img', { name: 'Saved in this browser' });
}

async function rename(page: Page, name: string): Promise<void> {
  await title(page).fill(name);
  await title(page).press('Enter');
}

/** Titles of all that is kept in the browser, in the dialog with everything. */
async function storedTitles(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: 'Documents', exact: true }).click();
  await page.getByRole('menuitem', { name: 'All documents…' }).click();
  const fields = page.getByRole('dialog', { name: 'Documents' }).getByRole('textbox');
  await expect(fields.first()).toBeVisible();
  const titles = await fields.evaluateAll((all) =>
    all.map((field) => (field instanceof HTMLInputElement ? field.value : '')),
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  return titles.sort();
}

test('work is saved as it is done, and a reload goes on with it', async ({ page }) => {
  await visitTemplate(page, 'parabola');
  await rename(page, 'Mine');
  await page.getByTestId('palette:note').click();
  await expect(graphNodes(page)).toHaveCount(4);
  await expect(saveMark(page)).toBeVisible();
  const mine = await savedText(page);
  await page.reload();
  await expect(title(page)).toHaveValue('Mine');
  await expect(graphNodes(page)).toHaveCount(4);
  // No gallery for those who have work.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await savedText(page)).toBe(mine);

  // Nor is anything lost by leaving at once.
  await rename(page, 'Mine, in a hurry');
  await page.reload();
  await expect(title(page)).toHaveValue('Mine, in a hurry');
});

test('two tabs never write over each other', async ({ page, context }) => {
  await visitTemplate(page, 'parabola');
  await rename(page, 'Shared');
  await expect(saveMark(page)).toBeVisible();
  const other = await context.newPage();
  await other.goto('/');
  await expect(title(other)).toHaveValue('Shared');

  // The other tab saves: this one hears of it, and what it does from then on is its own.
  await other.getByTestId('palette:note').click();
  await expect(saveMark(other)).toBeVisible();
  const banner = page.getByRole('status').filter({ hasText: 'was changed in another tab' });
  await expect(banner).toContainText('Nothing was overwritten');
  // The browser is slow to draw a tab that is not in front.
  await page.bringToFront();
  await page.getByTestId('palette:module.mlp').click();
  await expect(page.getByRole('img', { name: /^Not saved/ })).toBeVisible();
  const here = await savedText(page);
  const there = await savedText(other);
  expect(here).not.toBe(there);

  await banner.getByRole('button', { name: 'Keep both' }).click();
  await expect(banner).toHaveCount(0);
  await expect(title(page)).toHaveValue('Shared (copy)');
  await expect(saveMark(page)).toBeVisible();
  expect(await storedTitles(page)).toEqual(['Shared', 'Shared (copy)']);
  expect(JSON.parse(await savedText(page))).toEqual({
    ...JSON.parse(here),
    title: 'Shared (copy)',
  });

  // Each tab goes on with its own, and both are there.
  await page.reload();
  await expect(title(page)).toHaveValue('Shared (copy)');
  await other.bringToFront();
  await other.reload();
  await expect(title(other)).toHaveValue('Shared');
  expect(await savedText(other)).toBe(there);
  expect(await storedTitles(other)).toEqual(['Shared', 'Shared (copy)']);
});

test('the version of the other tab can be taken over', async ({ page, context }) => {
  await visitTemplate(page, 'parabola');
  await rename(page, 'Shared');
  await expect(saveMark(page)).toBeVisible();
  const other = await context.newPage();
  await other.goto('/');
  await expect(title(other)).toHaveValue('Shared');
  await rename(other, 'Better');
  await expect(saveMark(other)).toBeVisible();
  const banner = page.getByRole('status').filter({ hasText: 'was changed in another tab' });
  await page.bringToFront();
  await banner.getByRole('button', { name: 'Load the other version' }).click();
  await expect(title(page)).toHaveValue('Better');
  await expect(banner).toHaveCount(0);
  expect(await savedText(page)).toBe(await savedText(other));

  // A document of its own in another tab disturbs nobody.
  await other.bringToFront();
  await other.getByRole('button', { name: 'Templates', exact: true }).click();
  await other.getByTestId('template-jepa').click();
  await expect(title(other)).toHaveValue(templateTitle('jepa'));
  await rename(other, 'Something else');
  await expect(saveMark(other)).toBeVisible();
  await page.bringToFront();
  await rename(page, 'Better still');
  await expect(saveMark(page)).toBeVisible();
  await expect(banner).toHaveCount(0);
  expect(await storedTitles(page)).toEqual(['Better still', 'Something else']);
});
