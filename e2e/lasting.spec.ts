import { chromium } from '@playwright/test';
import { findBrowser } from '../scripts/ensure-browser.mjs';
import { browserArgs } from '../scripts/lib/browserArgs.mjs';
import {
  dropFile,
  linkFragment,
  runButton,
  savedText,
  templateText,
  templateTitle,
  title,
  waitForStep,
} from './fixtures/actions';
import { expect, test, withoutTour } from './fixtures/browser';
import { engineReason, pause } from './fixtures/runs';

test.setTimeout(120_000);

test('what is missing on the server is missing, and a link with an escaped # is led to its graph', async ({
  page,
  request,
}) => {
  for (const path of ['/assets/no-such-file.js', '/data/none.bin', '/graphs/mine', '/%23section']) {
    const response = await request.get(path);
    expect([path, response.status()]).toEqual([path, 404]);
    expect(await response.text()).toContain('There is no such file here.');
    expect(response.headers()['content-security-policy']).toContain("default-src 'none'");
  }
  expect((await request.get('/index.html')).status()).toBe(200);

  const fragment = linkFragment(templateText('parabola'));
  const incoming = page.getByRole('dialog', { name: templateTitle('parabola') });
  for (const start of ['/%23', '/%2523', '/?from=chat%23']) {
    await page.goto('about:blank');
    await page.goto(start + fragment.slice(1));
    await expect(incoming).toContainText('This link holds a graph.');
    await incoming.getByRole('button', { name: 'Do not open' }).click();
    expect(new URL(page.url()).hash + new URL(page.url()).pathname).toBe('/');
  }
});

test('under the name of a machine, without https, all works but what the page says', async ({
  baseURL,
}) => {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [...browserArgs('software'), '--host-resolver-rules=MAP lan.example localhost'],
  });
  const context = await browser.newContext({
    baseURL: `http://lan.example:${new URL(baseURL ?? '').port}/`,
    viewport: { width: 1440, height: 900 },
  });
  await withoutTour(context);
  const page = await context.newPage();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto('/');
  expect(await page.evaluate(() => [isSecureContext, 'gpu' in navigator])).toEqual([false, false]);
  await page.getByTestId('template-parabola').click();
  const missing = page.getByRole('status').filter({ hasText: 'neither https nor localhost' });
  await expect(missing).toContainText('WebGPU (runs compute on WebAssembly)');
  await expect(missing).toContainText('visits without a connection');

  await test.step('it trains, and says why WebGPU is not there', async () => {
    await runButton(page).click();
    await waitForStep(page, 20);
    await pause(page);
    expect(await engineReason(page)).toContain('https');
  });

  await test.step('links are copied', async () => {
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const share = page.getByRole('dialog', { name: 'Share' });
    const link = await page.getByTestId('share-link').inputValue();
    await share.getByRole('button', { name: 'Copy the link' }).click();
    await expect(share.getByRole('button', { name: 'Copied' })).toBeVisible();
    await page.keyboard.press('Escape');
    await title(page).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+v');
    expect(link.startsWith(await title(page).inputValue())).toBe(true);
    await page.keyboard.press('Escape');
  });

  await test.step('own data is read and named by its hash', async () => {
    await dropFile(page, { name: 'trees.csv', content: 'x,y\n1,2\n2,4\n3,6\n' });
    const table = page.getByRole('dialog', { name: 'trees.csv' });
    await expect(table).toContainText('3 rows × 2 columns');
    await table.getByRole('button', { name: 'Use this data' }).click();
    await expect(page.getByTestId('inspector')).toContainText('trees.csv');
    // As another library has it.
    expect(await savedText(page)).toMatch(/"hash": "[0-9a-f]{64}"/);
  });

  await test.step('it is kept, and what is missing is said once', async () => {
    await expect(page.getByRole('img', { name: 'Saved in this browser' })).toBeVisible();
    await missing.getByRole('button', { name: 'Dismiss' }).click();
    const mine = await savedText(page);
    await page.reload();
    await expect(runButton(page)).toBeVisible();
    expect(await savedText(page)).toBe(mine);
    await expect(missing).toHaveCount(0);
  });
  expect(errors).toEqual([]);
  await browser.close();
});
