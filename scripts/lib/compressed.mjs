import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip as gzipCallback } from 'node:zlib';
import sirv from 'sirv';
import { embedHeaders, productionHeaders } from '../headers.mjs';

const brotli = promisify(brotliCompress);
const gzip = promisify(gzipCallback);

/** What shrinks. Pictures and fonts are compressed by nature, and source maps are for few. */
const TEXTS = ['.js', '.css', '.html', '.svg', '.wasm', '.bin', '.webmanifest'];
/** Of text the last step would take three times as long for a fiftieth; the rest hardly shrinks more. */
const qualityOf = (/** @type {string} */ path) => (/\.(wasm|bin)$/.test(path) ? 5 : 10);
/** A share link whose `#` some program has escaped, so that browsers ask for it as a file: what stands before the `#`, and after it. */
const ESCAPED_LINK = /^(\/(?:index\.html)?(?:\?[^#]*?)?)%(?:25)*23(v[0-9]+(?:=|%3D).*)$/i;

/**
 * Writes compressed copies beside each file of a build, and serves them: once compressed, not at each visit. Brotli has a tenth to a
 * sixth less to wait for than gzip, which browsers want on plain http. Static hosts that look for such copies serve them too. What is not
 * there is said to be missing: the page in its place would hide a wrong address.
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
      middlewares.use(pageIn(folder));
    },
  };
}

/**
 * Answers requests for a built page. The folder is looked at anew each time: it may be built again meanwhile.
 *
 * @param {string} folder
 * @returns {import('node:http').RequestListener}
 */
export function pageIn(folder) {
  const give = serveWith(folder, productionHeaders);
  const embed = serveWith(folder, embedHeaders);
  return (request, response) => {
    const address = request.url ?? '/';
    const link = ESCAPED_LINK.exec(address);
    if (link !== null) {
      response.writeHead(302, { Location: `${link[1]}#${link[2]}`, ...productionHeaders });
      response.end();
      return;
    }
    const { searchParams } = new URL(address, 'http://localhost');
    // A file that goes between the look at it and its first byte: there is no answer to be had, and nobody else must suffer.
    response.once('pipe', (file) => file.once('error', () => response.destroy()));
    try {
      const missing = () => notFound(folder, response);
      (searchParams.has('embed') ? embed : give)(request, response, missing);
    } catch {
      notFound(folder, response);
    }
  };
}

/**
 * @param {string} folder
 * @param {import('node:http').ServerResponse} response
 */
function notFound(folder, response) {
  const type = { 'Content-Type': 'text/plain; charset=utf-8', ...productionHeaders };
  if (existsSync(join(folder, 'index.html'))) {
    response.writeHead(404, type);
    response.end('There is no such file here. Basin is at /\n');
  } else {
    response.writeHead(503, { 'Retry-After': '5', ...type });
    response.end('Basin is not built, or just being built anew: try again in a moment.\n');
  }
}

/** @param {string} path */
async function compressFile(path) {
  const text = await readFile(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: qualityOf(path),
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  await writeFile(`${path}.br`, await brotli(text, { params }));
  await writeFile(`${path}.gz`, await gzip(text, { level: 9 }));
}

/**
 * @param {string} folder
 * @param {Record<string, string>} headers
 */
function serveWith(folder, headers) {
  return sirv(folder, {
    // Or else it knows the files that were there when it began.
    dev: true,
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(response, pathname) {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      // Names of assets change with what is in them.
      const isNamedByContent = pathname.startsWith('/assets/');
      response.setHeader(
        'Cache-Control',
        isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}
