import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { PNG } from 'pngjs';
import { failure, success, type Result } from '../core/result';
import { sha256 } from '../core/sha256';
import { encodeTable } from '../tables/canonicalTable';
import { stemOf } from '../tables/dataFile';
import { imageFiles, type PlacedFile } from '../tables/images/imageFiles';
import { describeImages, type OwnImages } from '../tables/images/ownImages';
import { PictureFault, readImages } from '../tables/images/readImages';
import type { ImageShape, RgbaPixels } from '../tables/images/resizePixels';
import { endingOf } from '../tables/dataFile';
import { keepOwnData } from './assets';

/** Of pictures that no document says a size of. */
const USUAL_SHAPE: ImageShape = [32, 32, 3];

/** Reads the pictures of a folder, an archive or one file, and keeps them for this process. */
export async function readOwnImages(
  path: string,
  named: OwnImages | null,
): Promise<Result<OwnImages>> {
  const files = await imageFiles(await placedFiles(path));
  if (!files.ok) return files;
  const shape: ImageShape = named ? [named.height, named.width, named.channels] : USUAL_SHAPE;
  const table = await readImages(files.value, shape, decodePng);
  if (!table.ok) return table;
  const bytes = encodeTable(table.value);
  const hash = await sha256(bytes);
  keepOwnData(hash, bytes.buffer);
  const own = describeImages(table.value, hash, stemOf(basename(path)) || basename(path));
  return own
    ? success(own, table.diagnostics)
    : failure({
        code: 'data.unreadable',
        severity: 'error',
        message: `“${path}” has no pictures.`,
      });
}

/** Browsers read other sorts as well; a terminal has PNG, which every program reads to the same bytes. */
function decodePng(bytes: Uint8Array, path: string): Promise<RgbaPixels> {
  if (endingOf(path) !== 'png')
    return Promise.reject(new PictureFault('is no PNG, which a terminal reads'));
  return Promise.resolve(PNG.sync.read(Buffer.from(bytes)));
}

/** All files of a folder, or the one file. Rejects where there is none. */
async function placedFiles(path: string): Promise<PlacedFile[]> {
  const isFolder = (await stat(path)).isDirectory();
  const paths = isFolder
    ? (await readdir(path, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [path];
  return Promise.all(
    paths.map(async (file): Promise<PlacedFile> => {
      const bytes = new Uint8Array(await readFile(file));
      const inner = isFolder ? relative(path, file).split(sep).join('/') : basename(file);
      return { path: inner, file: Object.assign(new Blob([bytes]), { name: basename(file) }) };
    }),
  );
}
