import { chromium, type Browser, type Page } from '@playwright/test';
import { ensureBrowser } from '../scripts/ensure-browser.mjs';
import { browserArgs } from '../scripts/lib/browserArgs.mjs';
import { ensureBuilt, serve } from '../scripts/lib/builds.mjs';
import { machineLine } from './results';

export interface OpenPage {
  readonly page: Page;
  /** One line on what computes. */
  readonly machine: string;
  close(): Promise<void>;
}

/** Builds and serves the benchmark's page and opens it in a real browser; on the machine's own GPU when `gpu` is set. */
export async function openPage(gpu: boolean): Promise<OpenPage> {
  await ensureBuilt('bench');
  const server = await serve('bench', { host: 'localhost' });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('The page is not served.');
  const browser: Browser = await chromium.launch({
    executablePath: ensureBrowser(),
    args: browserArgs(gpu ? 'machine' : 'software'),
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  page.on('pageerror', (error) => console.error(`page: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`page: ${message.text()}`);
  });
  await page.goto(url);
  const adapter = await page.evaluate(() => basinBench.adapter());
  const parts = [adapter, gpu ? await rendererOf(browser) : null].filter((part) => part !== null);
  return {
    page,
    machine: machineLine(parts.join(', '), browser.version()),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** What the browser draws with, as its driver names it: of the adapter, pages are told no more than who made it. */
async function rendererOf(browser: Browser): Promise<string | null> {
  const session = await browser.newBrowserCDPSession();
  const { gpu } = await session.send('SystemInfo.getInfo');
  await session.detach();
  const attributes: Readonly<Record<string, unknown>> = gpu.auxAttributes ?? {};
  const renderer = attributes['glRenderer'];
  return typeof renderer === 'string' && renderer !== '' ? renderer : null;
}
