import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pageIn } from './compressed.mjs';

const parent = mkdtempSync(join(tmpdir(), 'basin-page-'));
const folder = join(parent, 'dist');
let server: Server;

/** A page whose script is named by what is in it. */
function build(version: string): void {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), `<p>${version}</p>`);
  writeFileSync(join(folder, `assets/index-${version}.js`), `export const it = '${version}';`);
}

beforeEach(async () => {
  build('a');
  server = createServer(pageIn(folder));
  await new Promise<void>((resolve) => server.listen(0, resolve));
});
afterEach(() => {
  server.close();
  rmSync(parent, { recursive: true, force: true });
});

async function get(path: string): Promise<{ status: number; text: string; cached: string | null }> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const answer = await fetch(`http://localhost:${address.port}${path}`);
  const cached = answer.headers.get('cache-control');
  return { status: answer.status, text: await answer.text(), cached };
}

it('serves files, those named by their content for good, and says what is missing', async () => {
  expect(await get('/')).toEqual({ status: 200, text: '<p>a</p>', cached: 'no-cache' });
  expect(await get('/assets/index-a.js')).toMatchObject({
    status: 200,
    cached: 'public, max-age=31536000, immutable',
  });
  expect((await get('/assets/none.js')).status).toBe(404);
  expect((await get('/assets/%2e%2e/%2e%2e/secret')).status).toBe(404);
});

it('goes on while the page is built anew, and serves the new one then', async () => {
  rmSync(folder, { recursive: true });
  expect(await get('/')).toMatchObject({ status: 503 });
  expect((await get('/assets/index-a.js')).text).toContain('try again in a moment');
  build('b');
  expect(await get('/')).toMatchObject({ status: 200, text: '<p>b</p>' });
  expect((await get('/assets/index-b.js')).status).toBe(200);
  expect((await get('/assets/index-a.js')).status).toBe(404);
});

it('outlives files that go while they are asked for', async () => {
  const away = join(parent, 'away');
  const asked = Array.from({ length: 200 }, (_, index) => {
    if (index % 20 === 10) renameSync(folder, away);
    if (index % 20 === 15) renameSync(away, folder);
    return get('/assets/index-a.js').then(
      ({ status }) => status,
      () => 'broken off',
    );
  });
  const answers = await Promise.all(asked);
  for (const answer of answers) expect([200, 404, 503, 'broken off']).toContain(answer);
  expect((await get('/')).status).toBe(200);
});
