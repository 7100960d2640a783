import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addAxe, expectAccessible } from './fixtures/axe';
import {
  graphNodes,
  preferEngine,
  runButton,
  stepOf,
  title,
  visitTemplate,
  waitForStep,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { pause } from './fixtures/runs';
import { staticHost } from './fixtures/staticHost';

// Of the page around the frame.
test.use({ expectedErrors: [/^request left the origin: http:\/\/localhost:\d+\/$/] });

const BUILT = fileURLToPath(new URL('../dist/', import.meta.url));

test('inside another page: the graph, its run and one panel, and nothing of what the browser keeps', async ({
  page,
  context,
}) => {
  await addAxe(page);
  await visitTemplate(page, 'vicreg');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const share = page.getByRole('dialog', { name: 'Share' });
  await share.getByText('Embed in a page').click();
  await share.getByRole('combobox', { name: 'Panel' }).click();
  await page.getByRole('option', { name: 'Collapse' }).click();
  await expectAccessible(page, 'the code to embed', '[role="dialog"]');
  const code = await share.getByRole('textbox', { name: 'Code to embed' }).inputValue();
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));

  // A page of another origin.
  const host = await staticHost(
    {},
    { '/': `<!doctype html><title>Around</title><link rel="icon" href="data:,">${code}` },
  );
  const around = await context.newPage();
  await around.goto(`${host.origin}/`);
  const frame = around.frameLocator('iframe');
  await expect(frame.locator('.react-flow__node-graph')).toHaveCount(11);
  await expect(frame.getByRole('navigation', { name: 'Palette' })).toHaveCount(0);
  await expect(frame.getByRole('dialog')).toHaveCount(0);
  const panel = frame.getByRole('region', { name: 'Collapse' });
  await expect(panel).toBeVisible();
  await frame.getByTestId('run').click();
  await expect(panel).toContainText('Encoder A', { timeout: 60_000 });
  // Looked at, not changed.
  await frame.locator('.react-flow__node-graph').first().click();
  await around.keyboard.press('Delete');
  await expect(frame.locator('.react-flow__node-graph')).toHaveCount(11);

  const [whole] = await Promise.all([
    context.waitForEvent('page'),
    frame.getByRole('link', { name: /VICReg/ }).click(),
  ]);
  await expect(whole.getByRole('dialog', { name: 'VICReg' })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).toBe(kept);
  await host.stop();
});

test.describe('on a host that only serves files, under a path', () => {
  test.use({
    serviceWorkers: 'allow',
    // It is not the origin of the other tests, and it is gone in the end.
    expectedErrors: [
      /^request left the origin: http:\/\/localhost:\d+\/basin\/|ERR_CONNECTION_REFUSED/,
    ],
  });

  test('the page opens, trains, shares, takes a newer version when asked to, and opens again without a connection', async ({
    page,
  }, info) => {
    const folder = info.outputPath('basin');
    await cp(BUILT, folder, { recursive: true, filter: (path) => !/\.(map|br|gz)$/.test(path) });
    const host = await staticHost({ '/basin/': folder });
    const address = `${host.origin}/basin/`;
    await preferEngine(page, 'tfjs');
    await page.goto(address);
    await page.getByTestId('template-parabola').click();
    await expect(title(page)).toHaveValue('Parabola');
    await runButton(page).click();
    await waitForStep(page, 20);
    await pause(page);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    expect(await page.getByTestId('share-link').inputValue()).toContain(`${address}#`);
    await page.keyboard.press('Escape');
    // Digits are a file of their own.
    await page.getByRole('button', { name: 'Templates', exact: true }).click();
    await page.getByTestId('template-pca').click();
    await expect(title(page)).toHaveValue('Principal components');
    await runButton(page).click();
    await waitForStep(page, 5);
    await pause(page);

    await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
    const versions = () => page.evaluate(() => caches.keys());
    const [old] = await versions();
    const worker = join(folder, 'offline.js');
    const code = await readFile(worker, 'utf8');
    await writeFile(worker, code.replace(/"version":"\w+"/, '"version":"newer"'));
    await page.reload();
    // It goes on as it is until somebody wants the other.
    const offer = page.getByText('A newer version of Basin is ready.');
    await expect(offer).toBeVisible({ timeout: 60_000 });
    expect((await versions()).sort()).toEqual([old, 'basin-page-newer'].sort());
    await Promise.all([
      page.waitForEvent('load'),
      page.getByRole('button', { name: 'Reload with it' }).click(),
    ]);
    await expect.poll(versions).toEqual(['basin-page-newer']);
    await expect(offer).toHaveCount(0);

    await host.stop();
    await page.reload();
    await expect(graphNodes(page).first()).toBeVisible();
    await runButton(page).click();
    await waitForStep(page, 5);
    expect(await stepOf(page)).toBeGreaterThan(4);
  });
});
