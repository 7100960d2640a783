#!/usr/bin/env node
/**
 * Measures a first visit as a slow phone or an old laptop makes it: a processor four times slower, and “fast 3G” as Chromium's tools
 * define it. Prints when the graph is on the canvas, and what came over the network until then and until the page rests.
 *
 *   npm run first-visit -- --visits 5 --port 41900
 */
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { ensureBuilt, serve } from './lib/builds.mjs';

/** Bytes a second and milliseconds. */
const FAST_3G = {
  offline: false,
  downloadThroughput: (1.6 * 1024 * 1024 * 0.9) / 8,
  uploadThroughput: (750 * 1024 * 0.9) / 8,
  latency: 150 * 3.75,
};
const SLOWDOWN = 4;
/** Without a request for so long the page rests. */
const REST_MS = 3000;

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '3' },
    port: { type: 'string', default: '41900' },
  },
});
const port = Number(values.port);

await ensureBuilt('app');
const server = await serve('app', { port, host: 'localhost', strictPort: true });
const browser = await chromium.launch({
  ...(process.env.CHROME_PATH ? { executablePath: process.env.CHROME_PATH } : {}),
  args: ['--no-sandbox', '--disable-background-networking'],
});
// The server compresses what it is asked for first; that is not what is measured.
await visit(false);
/** @type {number[]} */
const times = [];
for (let count = 0; count < Number(values.visits); count++) {
  const { graph, until, all } = await visit(true);
  times.push(graph);
  console.log(
    `graph after ${(graph / 1000).toFixed(1)} s, with ${kilobytes(until.script)} kB of scripts and ${kilobytes(until.other)} kB of the rest; ` +
      `at rest ${kilobytes(all.script)} kB and ${kilobytes(all.other)} kB`,
  );
}
console.log(
  `median ${((times.sort((a, b) => a - b)[times.length >> 1] ?? NaN) / 1000).toFixed(1)} s`,
);
await browser.close();
await server.close();

/** @param {boolean} isSlow */
async function visit(isSlow) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  if (isSlow) {
    await session.send('Network.emulateNetworkConditions', FAST_3G);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  }
  const bytes = { script: 0, other: 0 };
  /** @type {Map<string, 'script' | 'other'>} */
  const kinds = new Map();
  let last = Date.now();
  session.on('Network.responseReceived', ({ requestId, type }) => {
    kinds.set(requestId, type === 'Script' ? 'script' : 'other');
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes[kinds.get(requestId) ?? 'other'] += encodedDataLength;
    last = Date.now();
  });
  const started = Date.now();
  await page.goto(`http://localhost:${port}/`, { waitUntil: 'commit' });
  await page.locator('.react-flow__node').first().waitFor({ timeout: 120_000 });
  const graph = Date.now() - started;
  const until = { ...bytes };
  while (Date.now() - last < REST_MS) await page.waitForTimeout(200);
  await context.close();
  return { graph, until, all: bytes };
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return Math.round(bytes / 1000);
}
