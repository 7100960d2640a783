import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import sirv from 'sirv';
import { productionHeaders } from '../headers.mjs';

const compress = promisify(brotliCompress);

/** What shrinks. Pictures and fonts are compressed by nature, and source maps are for few. */
const TEXTS = ['.js', '.css', '.html', '.svg', '.wasm', '.bin'];
/** The last step would take three times as long for a fiftieth. */
const QUALITY = 10;

/**
 * Writes a Brotli copy beside each file of a build, and serves it to browsers that take it: a tenth to a sixth less than gzip to wait
 * for, and compressed once instead of at each visit. Static hosts that look for such copies serve them too.
 *
 * @returns {import('vite').Plugin}
 */
export function compressed() {
  let folder = '';
  let isBuild = false;
  return {
    name: 'basin:compressed',
    configResolved({ root, build, command }) {
      folder = resolve(root, build.outDir);
      isBuild = command === 'build';
    },
    async closeBundle() {
      if (!isBuild) return;
      const entries = await readdir(folder, { recursive: true });
      const texts = entries.filter((entry) => TEXTS.includes(extname(entry)));
      await Promise.all(texts.map((entry) => compressFile(join(folder, entry))));
    },
    configurePreviewServer({ middlewares }) {
      const give = sirv(folder, { brotli: true, etag: true, setHeaders });
      middlewares.use((request, response, next) => {
        // Others, such as a browser on plain http, have it from the preview server itself, by gzip.
        if (/\bbr\b/.test(String(request.headers['accept-encoding'])))
          give(request, response, next);
        else next();
      });
    },
  };
}

/** @param {string} path */
async function compressFile(path) {
  const text = await readFile(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  await writeFile(`${path}.br`, await compress(text, { params }));
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} pathname
 */
function setHeaders(response, pathname) {
  for (const [name, value] of Object.entries(productionHeaders)) response.setHeader(name, value);
  // Names of assets change with what is in them.
  const isNamedByContent = pathname.startsWith('/assets/');
  response.setHeader(
    'Cache-Control',
    isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
}
