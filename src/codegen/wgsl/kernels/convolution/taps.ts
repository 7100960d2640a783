import type { KernelWriter } from '../../kernelWriter';
import { times } from '../product';
import type { Start } from '../tileResults';

/** A row of a thread's tile: a pixel of the result, by the names of where it looks in the other image. */
export interface Pixel {
  /** Start of the image. */
  readonly image: string;
  readonly row: string;
  readonly column: string;
}

/** Where the channels of a pixel start; outside the image at 0, to be read and not used. */
export function pixelStart(
  w: KernelWriter,
  image: string,
  row: string,
  rowStride: number,
  column: string,
  columnStride: number,
  ok: string | null,
): Start {
  const at = `${image} + ${row} * ${rowStride}u + ${times(column, columnStride) ?? '0u'}`;
  return { at: w.let(ok === null ? at : `select(0u, ${at}, ${ok})`), ok };
}

/** Loops over the taps of a filter, or over those of them that are `strides` apart, `first` being the first. */
export function overTaps(
  w: KernelWriter,
  [height, width]: readonly [number, number],
  body: (p: string, q: string) => void,
  sparse?: { strides: readonly [number, number]; first: readonly [string, string] },
): void {
  const within = (name: string, axis: 0 | 1, extent: number): string => {
    const stride = sparse?.strides[axis] ?? 1;
    const at = stride === 1 || !sparse ? name : `${name} * ${stride}u + ${sparse.first[axis]}`;
    return `for (var ${name} = 0u; ${at} < ${extent}u; ${name}++)`;
  };
  w.block(within('p', 0, height), () => w.block(within('q', 1, width), () => body('p', 'q')));
}
