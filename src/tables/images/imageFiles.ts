import { success, type Result } from '../../core/result';
import { endingOf, type DataFile } from '../dataFile';
import { unreadable } from '../faults';
import { unzip } from '../unzip';
import { IMAGE_ENDINGS } from '../tableEndings';

/** A file with its place in the folder that it came from: `cats/1.png`. */
export interface PlacedFile {
  readonly path: string;
  readonly file: DataFile;
}

/** One picture's file. */
export interface ImageFile {
  readonly path: string;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

/** The pictures among files, those in zip archives too, in the order of their paths. */
export async function imageFiles(files: readonly PlacedFile[]): Promise<Result<ImageFile[]>> {
  const found: ImageFile[] = [];
  for (const { path, file } of files) {
    if (endingOf(path) === 'zip') {
      const entries = unzip(new Uint8Array(await file.arrayBuffer()), file.name, isImage);
      if (!entries.ok) return entries;
      for (const [inner, bytes] of entries.value) {
        found.push({ path: inner, bytes: () => Promise.resolve(bytes) });
      }
    } else if (isImage(path)) {
      found.push({ path, bytes: async () => new Uint8Array(await file.arrayBuffer()) });
    }
  }
  const [first] = files;
  if (found.length === 0) {
    return unreadable(
      first?.file.name ?? 'This',
      'holds no pictures',
      `Pictures end with ${IMAGE_ENDINGS.join(', ')}.`,
    );
  }
  return success(found.sort((a, b) => (a.path < b.path ? -1 : 1)));
}

/** Not what systems put beside pictures. */
function isImage(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  const isHidden = name.startsWith('.') || path.startsWith('__MACOSX/');
  return !isHidden && IMAGE_ENDINGS.includes(endingOf(name));
}

/**
 * The label of each picture: the folder that it is in; `–` for what is in none. Null where all are in one place: there is
 * nothing to tell apart.
 */
export function folderLabels(paths: readonly string[]): readonly string[] | null {
  const folders = paths.map((path) => path.split('/').at(-2) ?? '–');
  return new Set(folders).size > 1 ? folders : null;
}
