import { deflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import {
  decodeLink,
  dropFile,
  graphNodes,
  linkFragment,
  openFile,
  preferEngine,
  runButton,
  savedText,
  stepOf,
  templateText,
  templateTitle,
  title,
  visit,
  visitTemplate,
  waitForStep,
  written,
} from './fixtures/actions';
import { expect, test, watch } from './fixtures/browser';

/** The link in the share dialog, which is left open. */
async function shareLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  return page.getByTestId('share-link').inputValue();
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('a link opens in another profile as the same document', async ({ page, browser, baseURL }) => {
  await visitTemplate(page, 'jepa');
  const original = await savedText(page);
  const { nodes, training } = JSON.parse(original);
  const address = page.url();
  const link = await shareLink(page);
  console.log(`share link of jepa: ${link.length} characters`);
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog).toContainText(`${nodes.length} nodes, seed ${training.seed}`);
  expect(decodeLink(link)).toEqual(JSON.parse(original));

  // The address bar changes when asked to, and not before.
  expect(page.url()).toBe(address);
  await dialog.getByRole('button', { name: 'Put into the address bar' }).click();
  expect(page.url()).toBe(link);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.getByRole('button', { name: 'Copy the link' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  const profile = await browser.newContext({ acceptDownloads: true });
  const faults = await watch(profile, new URL(baseURL ?? '').origin);
  const other = await profile.newPage();
  await other.goto(link);
  const incoming = other.getByRole('dialog', { name: templateTitle('jepa') });
  await expect(incoming).toContainText(`${nodes.length} nodes`);
  await expect(incoming).toContainText(`seed ${training.seed}`);
  await incoming.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(title(other)).toHaveValue(templateTitle('jepa'));
  await expect(graphNodes(other)).toHaveCount(nodes.length);
  expect(await savedText(other)).toBe(original);
  expect(other.url()).toBe(address);

  // It is a document of that profile now.
  await other.reload();
  await expect(title(other)).toHaveValue(templateTitle('jepa'));
  await expect(other.getByRole('dialog')).toHaveCount(0);
  expect(await savedText(other)).toBe(original);
  expect(faults).toEqual([]);
  await profile.close();
});

test('what chat and mail programs do to a link is undone', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'jepa');
  const mine = await savedText(page);
  const home = page.url();
  const fragment = linkFragment(templateText('parabola'));
  const middle = fragment.length / 2;
  const made = [
    `/${fragment}).`,
    `/${fragment.replace('=', '%3D')}`,
    `/${fragment.slice(0, middle)}%0A${fragment.slice(middle)}>`,
    `/${fragment.replace('#', '%23')}`,
    // As links were before they had a checksum.
    `/#v1=${deflateRawSync(templateText('parabola')).toString('base64url')},`,
  ];
  const incoming = page.getByRole('dialog', { name: templateTitle('parabola') });
  for (const address of made) {
    await page.goto('about:blank');
    await page.goto(address);
    await expect(incoming).toContainText('This link holds a graph.');
    await expect(incoming).not.toContainText('repaired');
    await incoming.getByRole('button', { name: 'Do not open' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(page.url()).toBe(home);
  }
  expect(await savedText(page)).toBe(mine);
});

test('a link carries results that the receiver can reproduce', async ({ page, browser }) => {
  const steps = 60;
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await page.getByRole('textbox', { name: 'Steps', exact: true }).fill(String(steps));
  await page.keyboard.press('Enter');
  await runButton(page).click();
  await waitForStep(page, steps);
  await expect(runButton(page)).toHaveText('Run on');
  const verdict = page.getByTestId('verdict');
  await expect(verdict).toBeVisible();

  const link = await shareLink(page);
  const dialog = page.getByRole('dialog', { name: 'Share' });
  const include = dialog.getByRole('checkbox', { name: /Include the results/ });
  await expect(include).toBeChecked();
  await expect(dialog).toContainText(`Step ${written(steps)}`);
  const shared = decodeLink(link) as { claims: { step: number; loss: number; engine: string } };
  expect(shared.claims).toMatchObject({ step: steps, engine: 'tfjs' });
  expect(shared.claims.loss).toBeGreaterThan(0);
  await include.uncheck();
  expect(decodeLink(await page.getByTestId('share-link').inputValue())).not.toHaveProperty(
    'claims',
  );
  await closeDialog(page);

  const profile = await browser.newContext();
  const other = await profile.newPage();
  await preferEngine(other, 'reference');
  await other.goto(link);
  const incoming = other.getByRole('dialog', { name: templateTitle('parabola') });
  await expect(incoming).toContainText(`after ${steps} steps`);
  await incoming.getByRole('button', { name: 'Open and reproduce' }).click();
  await expect(other.getByText('The results hold on this machine.')).toBeVisible({
    timeout: 90_000,
  });
  expect(await stepOf(other)).toBe(steps);
  await profile.close();

  // Other results than those claimed are said to be other.
  const lied = { ...shared, claims: { ...shared.claims, step: 5, loss: shared.claims.loss / 10 } };
  await openFile(page, { name: 'claims.json', content: JSON.stringify(lied) });
  await expect(page.getByText('Opened “claims.json”.')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('reproduce');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The results differ here.')).toBeVisible({ timeout: 90_000 });
});

test('files are saved, opened and dropped', async ({ page }) => {
  await visit(page);
  const mine = await savedText(page);
  const parabola = templateText('parabola');

  await openFile(page, { name: 'parabola.json', content: parabola });
  await expect(title(page)).toHaveValue(templateTitle('parabola'));
  expect(await savedText(page)).toBe(parabola);

  await dropFile(page, { name: 'mine.json', content: mine });
  await expect(title(page)).toHaveValue(templateTitle('jepa'));
  await expect(page.getByText('Opened “mine.json”.')).toBeVisible();
  expect(await savedText(page)).toBe(mine);

  // What was opened before is still there.
  await page.getByRole('button', { name: 'Documents', exact: true }).click();
  await page.getByRole('menuitem', { name: templateTitle('parabola') }).click();
  await expect(title(page)).toHaveValue(templateTitle('parabola'));
  expect(await savedText(page)).toBe(parabola);
});
