#!/usr/bin/env node
/**
 * Makes the pictures of the README anew: the page in both themes, and the five-minute story (docs/product.md §2) as a
 * short animation.
 *
 *   npm run readme-pictures -- --port 41901
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { encode } from 'modern-gif';
import { PNG } from 'pngjs';
import { findBrowser } from './ensure-browser.mjs';
import { browserArgs } from './lib/browserArgs.mjs';
import { ensureBuilt, serve } from './lib/builds.mjs';
import { ROOT } from './lib/project.mjs';

/** @typedef {import('@playwright/test').Page} Page */

/** Milliseconds that a scene is looked at, and that a picture of something in motion is. */
const LOOK = 1600;
const MOVING = 140;
/** Of the palette of a frame. */
const COLOURS = 128;

/** @param {Page} page */
const run = (page) => page.getByTestId('run').click();

/** @param {Page} page @param {string} name */
const openTab = (page, name) => page.getByRole('tab', { name, exact: true }).click();

/**
 * The story, scene by scene: what is done, and how many pictures are taken of what then moves.
 * @type {{ act(page: Page): Promise<unknown>, moving?: number }[]}
 */
const STORY = [
  { act: (page) => page.getByTestId('template-vicreg').waitFor() },
  { act: (page) => page.getByTestId('template-vicreg').click() },
  { act: run, moving: 10 },
  {
    async act(page) {
      await openTab(page, 'Collapse');
      await page
        .getByTestId('verdict')
        .filter({ hasText: 'Healthy' })
        .waitFor({ timeout: 120_000 });
    },
    moving: 4,
  },
  {
    act: (page) =>
      experiment(page, 'without-covariance')
        .getByRole('button', { name: /^Break it/ })
        .click(),
  },
  {
    async act(page) {
      await experiment(page, 'without-covariance').getByRole('button', { name: /^Run/ }).click();
      await page
        .getByTestId('verdict')
        .filter({ hasText: 'collapse' })
        .waitFor({ timeout: 120_000 });
    },
    moving: 4,
  },
  {
    async act(page) {
      await run(page);
      await openTab(page, 'Embedding');
      await page.waitForTimeout(LOOK);
    },
  },
  { act: (page) => page.getByRole('button', { name: 'Share', exact: true }).click() },
];

/** @param {Page} page @param {string} id */
function experiment(page, id) {
  return page.getByTestId(`experiment-${id}`);
}

const { values } = parseArgs({ options: { port: { type: 'string', default: '41901' } } });
const port = Number(values.port);
await ensureBuilt('app');
const server = await serve('app', { port, host: 'localhost', strictPort: true });
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: browserArgs('software'),
});
await takePictures();
await takeStory();
await browser.close();
await server.close();

/** A page as somebody has it who was here before. @param {'light' | 'dark'} colorScheme @param {{ width: number, height: number }} viewport */
async function visit(colorScheme, viewport) {
  const context = await browser.newContext({ viewport, colorScheme });
  const page = await context.newPage();
  await page.addInitScript(() => {
    if (location.protocol === 'about:') return;
    localStorage.setItem('basin.engine', 'tfjs');
    localStorage.setItem('basin.tour', 'seen');
  });
  await page.goto(`http://localhost:${port}/`);
  return page;
}

/** A JEPA that has been trained, with its evidence. */
async function takePictures() {
  for (const [theme, file] of /** @type {const} */ ([
    ['light', 'screenshot.png'],
    ['dark', 'screenshot-dark.png'],
  ])) {
    const page = await visit(theme, { width: 1440, height: 900 });
    await page.getByTestId('template-jepa').click();
    await run(page);
    await openTab(page, 'Collapse');
    await page.waitForFunction(
      () =>
        Number(document.querySelector('[data-testid="progress"]')?.getAttribute('aria-valuenow')) >=
        1000,
      null,
      { timeout: 300_000 },
    );
    await page.waitForTimeout(LOOK);
    await page.screenshot({ path: join(ROOT, 'docs', file) });
    await page.context().close();
  }
}

async function takeStory() {
  const page = await visit('light', { width: 1440, height: 900 });
  /** @type {{ png: PNG, delay: number }[]} */
  const frames = [];
  /** @param {number} delay */
  const take = async (delay) => frames.push({ png: PNG.sync.read(await page.screenshot()), delay });
  for (const { act, moving = 0 } of STORY) {
    await act(page);
    await page.waitForTimeout(LOOK / 2);
    for (let count = 0; count < moving; count++) {
      await take(MOVING);
      await page.waitForTimeout(MOVING);
    }
    await take(LOOK);
  }
  const [first] = frames;
  if (first === undefined) throw new Error('The story has no scenes.');
  const gif = await encode({
    width: first.png.width,
    height: first.png.height,
    maxColors: COLOURS,
    frames: frames.map(({ png, delay }) => ({ data: new Uint8ClampedArray(png.data), delay })),
  });
  writeFileSync(join(ROOT, 'docs', 'story.gif'), new Uint8Array(gif));
  console.log(`docs/story.gif: ${frames.length} pictures, ${gif.byteLength} bytes`);
}
