import { unzipSync } from 'fflate';
import { formatBytes } from '../core/formatNumber';
import { success, type Result } from '../core/result';
import { unreadable } from './faults';
import { MOST_BYTES } from './table';

/** The files of a zip archive whose names are wanted. */
export function unzip(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  wanted: (path: string) => boolean,
): Result<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name: path, originalSize }) => {
        if (!wanted(path)) return false;
        total += originalSize;
        // Sizes are said by the archive itself, and room is made for what it says.
        if (total > MOST_BYTES) throw new RangeError('over the limit');
        return true;
      },
    });
    return success(new Map(Object.entries(files).map(([path, file]) => [path, file])));
  } catch (error) {
    return error instanceof RangeError
      ? unreadable(name, `unpacks to more than ${formatBytes(MOST_BYTES)}`)
      : unreadable(
          name,
          'is cut or damaged: its archive cannot be unpacked',
          'Fetch or write the file again.',
        );
  }
}
