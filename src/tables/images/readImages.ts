import type { Diagnostic } from '../../core/diagnostic';
import { formatWhole } from '../../core/formatNumber';
import { failure, success, type Result } from '../../core/result';
import type { OnProgress } from '../dataFile';
import { unreadable, unreadableFile } from '../faults';
import { MOST_BYTES, type Table } from '../table';
import { folderLabels, type ImageFile } from './imageFiles';
import { resizePixels, type ImageShape, type RgbaPixels } from './resizePixels';

/** Why a picture is not read: the rest of a sentence about it. */
export class PictureFault extends Error {}

/** A picture that is not read, and why. */
export interface BrokenImage {
  readonly path: string;
  readonly reason: string;
}

/** What is said of a picture that could not be unpacked. */
export function brokenImage(path: string, error: unknown): BrokenImage {
  const reason = error instanceof PictureFault ? error.message : 'is no picture that can be read';
  return { path, reason };
}

/** Unpacks a picture; rejects for what is none, with a `PictureFault` where there is more to say. */
export type DecodeImage = (bytes: Uint8Array<ArrayBuffer>, path: string) => Promise<RgbaPixels>;

/** Broken pictures that are named; the others are counted. */
const MOST_NAMED = 5;
/** Pixels of one picture at most: what a small file can unpack to has no bound. */
const MOST_PIXELS = 2 ** 26;

/** Throws for a picture of too many pixels. */
export function refuseLarge(width: number, height: number): void {
  if (width * height <= MOST_PIXELS) return;
  throw new PictureFault(
    `has ${formatWhole(width)} × ${formatWhole(height)} pixels, over the limit of ${formatWhole(MOST_PIXELS)}`,
  );
}

/** Reads pictures as a table: the picture, and the label where folders tell some apart. Broken ones are left out and named. */
export async function readImages(
  files: readonly ImageFile[],
  shape: ImageShape,
  decode: DecodeImage,
  onProgress?: OnProgress,
): Promise<Result<Table>> {
  const [height, width, channels] = shape;
  const size = height * width * channels;
  const problem = tooLarge(files.length, size);
  if (problem) return failure(problem);
  const pixels = new Uint8Array(files.length * size);
  const paths: string[] = [];
  const broken: BrokenImage[] = [];
  for (const [index, file] of files.entries()) {
    try {
      const image = await decode(await file.bytes(), file.path);
      pixels.set(resizePixels(image, shape), paths.length * size);
      paths.push(file.path);
    } catch (error) {
      broken.push(brokenImage(file.path, error));
    }
    onProgress?.(index + 1, files.length);
  }
  if (paths.length === 0) {
    const { path, reason } = broken[0] ?? brokenImage('', null);
    return unreadable(path, reason);
  }
  const labels = folderLabels(paths);
  const values = pixels.slice(0, paths.length * size);
  return success(
    {
      rows: paths.length,
      columns: [
        { kind: 'pixels', name: 'image', shape, values },
        ...(labels ? [labelColumn(labels)] : []),
      ],
    },
    brokenImages(broken),
  );
}

/** The pictures that were left out. */
export function brokenImages(broken: readonly BrokenImage[]): Diagnostic[] {
  const named = broken.slice(0, MOST_NAMED).map(({ path, reason }): Diagnostic => ({
    ...unreadableFile(path, `${reason}, and is left out`),
    severity: 'warning',
  }));
  const others = broken.length - named.length;
  if (others === 0) return named;
  const message = `${formatWhole(others)} more files cannot be read, and are left out.`;
  return [...named, { code: 'data.unreadable', severity: 'warning', message }];
}

/** Why so many pictures are not loaded, with numbers; null where they may be. */
export function tooLarge(count: number, size: number): Diagnostic | null {
  // As float32, which is how they are trained on.
  const bytes = 4 * count * size;
  if (bytes <= MOST_BYTES) return null;
  const most = Math.floor(MOST_BYTES / (4 * size));
  return {
    code: 'data.too-large',
    severity: 'error',
    message: `${formatWhole(count)} pictures of ${formatWhole(size)} numbers would take ${formatWhole(Math.round(bytes / 1e6))} MB of memory, over the limit of ${formatWhole(Math.round(MOST_BYTES / 1e6))} MB: at most ${formatWhole(most)} of that size.`,
    hint: 'Choose a smaller size, or grey.',
  };
}

function labelColumn(labels: readonly string[]) {
  const words = [...new Set(labels)].sort();
  const places = new Map(words.map((word, place) => [word, place]));
  return {
    ...{ kind: 'text' as const, name: 'label', words },
    values: Int32Array.from(labels, (label) => places.get(label) ?? -1),
  };
}
