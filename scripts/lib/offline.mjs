import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../../workers/offline.ts', import.meta.url));
/** Beside the page, so that it may answer for all of it. */
const NAME = 'offline.js';
/** What the page is made of. Not source maps, nor what only few browsers ask for, which is kept when they do. */
const KEPT = ['.js', '.css', '.svg', '.png', '.woff2', '.wasm', '.bin', '.webmanifest'];
const SELDOM = /threaded|tfjs-backend-wasm-(?!simd)|latin-ext|cyrillic|vietnamese|greek-ext/;

/**
 * Builds the service worker that keeps the page for visits without a connection, and tells it which files that are.
 *
 * @returns {import('vite').Plugin}
 */
export function offline() {
  let folder = '';
  return {
    name: 'basin:offline',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    buildStart() {
      this.emitFile({ type: 'chunk', id: SOURCE, fileName: NAME });
    },
    async writeBundle() {
      const paths = (await readdir(folder, { recursive: true }))
        .filter((path) => KEPT.includes(extname(path)) && path !== NAME && !SELDOM.test(path))
        .sort();
      const hash = createHash('sha256');
      for (const path of ['index.html', NAME, ...paths])
        hash.update(path).update(await readFile(join(folder, path)));
      const files = ['./', ...paths.map((path) => `./${path.split(sep).join('/')}`)];
      const known = JSON.stringify({ version: hash.digest('hex').slice(0, 12), files });
      const worker = join(folder, NAME);
      const code = await readFile(worker, 'utf8');
      await writeFile(worker, `const BASIN_OFFLINE = ${known};\n${code}`);
    },
  };
}
