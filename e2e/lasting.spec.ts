import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../scripts/ensure-browser.mjs';
import { browserArgs } from '../scripts/lib/browserArgs.mjs';
import {
  dropFile,
  expectAlive,
  linkFragment,
  openFile,
  preferEngine,
  runButton,
  savedText,
  selectNode,
  stepOf,
  templateText,
  templateTitle,
  title,
  visitTemplate,
  waitForStep,
} from './fixtures/actions';
import { expect, test, withoutTour } from './fixtures/browser';
import { engineReason, openTab, pause, runLong, waitForKeptState } from './fixtures/runs';

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
  const missing = page.getByRole('status').filter({ hasText: 'Without https' });
  await expect(missing).toBeVisible();
  const webgpu = missing.getByText('WebGPU: runs compute on WebAssembly');
  await expect(webgpu).toBeHidden();
  await missing.getByText('What is missing').click();
  await expect(webgpu).toBeVisible();
  await expect(missing.getByRole('listitem')).toHaveCount(4);

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

/** A browser that keeps what it stored when it is started again. */
async function startBrowser(
  folder: string,
  baseURL: string,
): Promise<{ readonly page: Page; kill(): Promise<void>; close(): Promise<void> }> {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: findBrowser(),
    args: browserArgs('software'),
    baseURL,
    viewport: { width: 1440, height: 900 },
  });
  await withoutTour(context);
  const page = context.pages()[0] ?? (await context.newPage());
  const control = await context.newCDPSession(page);
  await page.goto('/');
  return {
    page,
    /** As when the machine is short of memory: no page hears of it. */
    async kill() {
      const gone = new Promise<void>((resolve) => context.on('close', () => resolve()));
      control.send('Browser.crash').catch(() => undefined);
      await gone;
    },
    close: () => context.close(),
  };
}

/** Where a node is drawn, in the canvas's own units. */
async function xOf(page: Page, id: string): Promise<number> {
  const style = await page.locator(`.react-flow__node[data-id="${id}"]`).getAttribute('style');
  return Number(/translate\((-?[\d.]+)px/.exec(style ?? '')?.[1]);
}

test('what was changed outlives a browser that is killed', async ({ baseURL }) => {
  const folder = mkdtempSync(join(tmpdir(), 'basin-killed-'));
  const start = () => startBrowser(folder, baseURL ?? '');
  let browser = await start();
  try {
    await browser.page.getByTestId('template-parabola').click();
    await expect(title(browser.page)).toHaveValue(templateTitle('parabola'));
    await expect(browser.page.getByRole('img', { name: 'Saved in this browser' })).toBeVisible();
    const before = templateTitle('parabola');
    for (const milliseconds of [0, 300, 800]) {
      const name = `Killed after ${milliseconds}`;
      await test.step(name, async () => {
        await title(browser.page).fill(name);
        await browser.page.keyboard.press('Enter');
        // The length of time is what is looked at.
        await browser.page.waitForTimeout(milliseconds);
        await browser.kill();
        browser = await start();
        await expect(runButton(browser.page)).toBeEnabled();
        // Of an edit of that very moment either all is kept or nothing.
        const kept = milliseconds === 0 ? new RegExp(`^(${before}|${name})$`) : name;
        await expect(title(browser.page)).toHaveValue(kept);
        await expect(browser.page.getByRole('dialog')).toHaveCount(0);
      });
    }

    await test.step('after 15 s of steady edits', async () => {
      const { page } = browser;
      const first = await xOf(page, 'predictor');
      await selectNode(page, 'f');
      const nudges = 84;
      for (let count = 0; count < nudges; count++) {
        await page.keyboard.press('ArrowRight');
        await page.waitForTimeout(178);
      }
      const last = await xOf(page, 'predictor');
      await page.keyboard.press('ArrowRight');
      await browser.kill();
      browser = await start();
      const step = (last - first) / nudges;
      expect(step).toBeGreaterThan(0);
      const lost = nudges - Math.round(((await xOf(browser.page, 'predictor')) - first) / step);
      // Those of a second; a busy machine takes a while to write.
      expect(lost).toBeLessThan(12);
    });

    await test.step('a run goes on from where its weights were kept when the page is loaded anew', async () => {
      const { page } = browser;
      await runLong(page);
      await runButton(page).click();
      await waitForStep(page, 50);
      await waitForKeptState(page);
      await page.reload();
      const told = page.getByRole('status').filter({ hasText: 'was training when the page went' });
      await expect(told).toContainText(/Kept are its curve up to step [\d,]+ and its weights/);
      const goOn = told.getByRole('button', { name: /^Go on from step/ });
      const kept = Number((await goOn.innerText()).replaceAll(/\D/g, ''));
      await goOn.click();
      await waitForStep(page, kept + 10);
      await expect(told).toHaveCount(0);
      await openTab(page, 'Runs');
      await expect(page.getByTestId('run-row')).toHaveCount(1);
      await pause(page);
      await page.reload();
      await expect(runButton(page)).toBeEnabled();
      await expect(told).toHaveCount(0);
    });
  } finally {
    await browser.close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** Puts something else in the place of the document that is stored with a title. */
async function damage(page: Page, title: string, change: object): Promise<void> {
  await page.evaluate(
    ([wanted, changed]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('basin-documents');
        opening.onerror = () => reject(opening.error ?? new Error('no database'));
        opening.onsuccess = () => {
          const writing = opening.result.transaction(['documents'], 'readwrite');
          const walk = writing.objectStore('documents').openCursor();
          walk.onsuccess = () => {
            const cursor = walk.result;
            if (cursor === null) return;
            if (cursor.value.title === wanted) cursor.update({ ...cursor.value, ...changed });
            cursor.continue();
          };
          writing.onerror = () => reject(writing.error ?? new Error('not written'));
          writing.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    [title, change] as const,
  );
}

test('a last document that cannot be opened is kept, said, and mended or given out', async ({
  page,
}, info) => {
  const parabola = templateTitle('parabola');
  await visitTemplate(page, 'parabola');
  await title(page).fill('Mine');
  await page.keyboard.press('Enter');
  await openFile(page, { name: 'other.json', content: templateText('ellipse') });
  await expect(title(page)).toHaveValue(templateTitle('ellipse'));
  await openFile(page, { name: 'parabola.json', content: templateText('parabola') });
  await expect(title(page)).toHaveValue(parabola);
  const saved = page.getByRole('img', { name: 'Saved in this browser' });
  await expect(saved).toBeVisible();
  const sound = await savedText(page);
  const told = page.getByRole('alert').filter({ hasText: 'was open last and is put aside' });

  await test.step('of a newer version: given out as it is, and what this Basin knows of it', async () => {
    await damage(page, parabola, { version: 99 });
    await page.reload();
    await expect(told).toContainText(`“${parabola}” was written by a newer Basin`);
    await info.attach('put aside', { body: await page.screenshot(), contentType: 'image/png' });
    await expect(told).toContainText('It is kept as it is. Reload the page or update Basin');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      told.getByRole('button', { name: 'Save it as a file' }).click(),
    ]);
    expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual({
      ...JSON.parse(sound),
      version: 99,
    });
    await told.getByRole('button', { name: 'Documents…' }).click();
    const list = page.getByRole('dialog', { name: 'Documents' });
    await expect(list.getByRole('textbox', { name: `Title of ${parabola}` })).toBeVisible();
    await page.keyboard.press('Escape');
    await told.getByRole('button', { name: 'Open a repaired copy' }).click();
    await expect(title(page)).toHaveValue(parabola);
    await expect(told).toHaveCount(0);
    expect(await savedText(page)).toBe(sound);
    await expect(saved).toBeVisible();
  });

  await test.step('of rubble: there is nothing to repair', async () => {
    await damage(page, parabola, { nodes: 'rubble', version: 1 });
    await page.reload();
    await expect(told).toContainText('it has no list of nodes');
    await expect(told.getByRole('button', { name: 'Save it as a file' })).toBeVisible();
    await expect(told.getByRole('button', { name: 'Open a repaired copy' })).toHaveCount(0);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await told.getByRole('button', { name: 'Dismiss' }).click();
  });
});

test.describe('a database that fails', () => {
  for (const [how, message] of [
    [
      'throws',
      /does not let the page store documents.*: the document cannot be read.*stands in for/,
    ],
    ['is newer', /A newer Basin has taken over the documents in this browser/],
  ] as const) {
    test(`${how}: the page says so, and works`, async ({ page }) => {
      await preferEngine(page, 'tfjs');
      await page.addInitScript((fault) => {
        const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (name, version) {
          if (!name.startsWith('basin-')) return open.call(this, name, version);
          if (fault === 'throws')
            throw new DOMException('The operation is insecure.', 'SecurityError');
          // As if a later version had made it.
          open.call(this, name, 99).addEventListener('success', ({ target }) => {
            if (target instanceof IDBOpenDBRequest) target.result.close();
          });
          return open.call(this, name, version);
        };
        localStorage.setItem('basin.lastDocument', 'one');
      }, how);
      await page.goto('/');
      const told = page.getByRole('alert').filter({ hasText: message });
      await expect(told).toBeVisible();
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(page.getByRole('img', { name: /^Not saved/ })).toBeVisible();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        told.getByRole('button', { name: 'Save as a file' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`${templateTitle('jepa')}.json`);
      await expectAlive(page);
    });
  }
});

test.describe('a link that takes the page down', () => {
  test.use({ expectedErrors: [/drawing fails|The above error|Something in/] });

  test('is put aside by a reload, and the page lives', async ({ page }) => {
    await visitTemplate(page, 'parabola');
    await title(page).fill('Mine');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('img', { name: 'Saved in this browser' })).toBeVisible();
    // Nothing is known to take it down, so drawing fails when this link has been read.
    await page.addInitScript(() => {
      const { parse } = JSON;
      const create = Document.prototype.createElementNS;
      JSON.parse = (text: string, ...rest) => {
        if (text.includes('Hostile'))
          Document.prototype.createElementNS = () => {
            throw new Error('drawing fails');
          };
        return parse(text, ...rest);
      };
      Reflect.set(globalThis, 'mend', () => {
        JSON.parse = parse;
        Document.prototype.createElementNS = create;
      });
    });
    const hostile = { ...JSON.parse(templateText('ellipse')), title: 'Hostile' };
    await page.goto('about:blank');
    await page.goto(`/${linkFragment(JSON.stringify(hostile))}`);
    await expect(page.getByRole('heading', { name: 'Something in Basin broke' })).toBeVisible();
    await page.getByRole('button', { name: 'Reload' }).click();
    const told = page.getByRole('status').filter({ hasText: 'the link is put aside' });
    await expect(told).toContainText('Your documents are as they were.');
    await expect(title(page)).toHaveValue('Mine');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await page.evaluate(() => (Reflect.get(globalThis, 'mend') as () => void)());
    await told.getByRole('button', { name: 'Read it again' }).click();
    const incoming = page.getByRole('dialog', { name: 'Hostile' });
    await expect(incoming).toContainText('This link holds a graph.');
    await incoming.getByRole('button', { name: 'Do not open' }).click();
    expect(new URL(page.url()).hash).toBe('');
  });
});

test('a document that another tab throws away is said to be gone, and no other version of it is offered', async ({
  page,
  context,
}) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await runLong(page);
  await runButton(page).click();
  await waitForStep(page, 5);
  await expect(page.getByRole('img', { name: 'Saved in this browser' })).toBeVisible();

  const other = await context.newPage();
  await other.goto('/');
  await expect(runButton(other)).toBeEnabled();
  await openFile(other, { name: 'other.json', content: templateText('ellipse') });
  await other.getByRole('button', { name: 'Documents', exact: true }).click();
  await other.getByRole('menuitem', { name: 'All documents…' }).click();
  const list = other.getByRole('dialog', { name: 'Documents' });
  await list.getByRole('button', { name: /^Put Parabola in the bin/ }).click();

  await page.bringToFront();
  const told = page.getByRole('status').filter({ hasText: 'in another tab' });
  await expect(told).toContainText('“Parabola” was put in the bin in another tab.');
  await other.getByRole('button', { name: /^Bin/ }).click();
  const bin = other.getByRole('dialog', { name: 'Bin' });
  await bin.getByRole('button', { name: 'Delete Parabola for good' }).click();
  await other.getByRole('button', { name: 'Delete for good', exact: true }).click();
  await expect(told).toContainText('“Parabola” was removed in another tab');
  await expect(told).toContainText('what runs goes on');
  await expect(told.getByRole('button', { name: /version|both/ })).toHaveCount(0);
  await waitForStep(page, (await stepOf(page)) + 5);

  await told.getByRole('button', { name: 'Keep it as a new document' }).click();
  await expect(told).toHaveCount(0);
  await expect(page.getByRole('img', { name: 'Saved in this browser' })).toBeVisible();
  await expect(title(page)).toHaveValue('Parabola');
  await pause(page);
});

test('a magnified page keeps room for the graph, and says where it can only be looked at', async ({
  page,
}) => {
  // A window of 1366 × 700: magnifying it makes pixels larger, and fewer.
  const magnify = (percent: number) =>
    page.setViewportSize({
      width: Math.round((1366 * 100) / percent),
      height: Math.round((700 * 100) / percent),
    });
  const canvas = page.getByTestId('canvas');
  const heightOf = async () => (await canvas.boundingBox())?.height ?? 0;
  await magnify(100);
  await visitTemplate(page, 'parabola');
  await openTab(page, 'Training');
  // As high as somebody wants it.
  const separator = page.locator('[role="separator"][aria-orientation="horizontal"]');
  const { x = 0, y = 0, width = 0 } = (await separator.first().boundingBox()) ?? {};
  await page.mouse.move(x + width / 2, y + 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, 100, { steps: 4 });
  await page.mouse.up();
  for (const percent of [100, 125, 133]) {
    await magnify(percent);
    await expect.poll(heightOf, { message: `${percent} %` }).toBeGreaterThanOrEqual(190);
  }
  // One view at a time, all of which can be edited.
  for (const percent of [150, 200]) {
    await magnify(percent);
    await page.getByRole('button', { name: 'Graph', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Nodes to add' })).toBeVisible();
    await expect(page.getByTestId('view-only')).toHaveCount(0);
  }
  await magnify(100);
  await expect(page.getByRole('navigation', { name: 'Palette' })).toBeVisible();
  await magnify(240);
  await page.getByTestId('view-only').click();
  const why = page.getByRole('dialog', { name: 'View only' });
  await expect(why).toContainText('too narrow to draw in');
  await expect(why).toContainText('make the letters of the browser smaller');
});
