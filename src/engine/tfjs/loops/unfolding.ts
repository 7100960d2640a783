import type { WasmCode } from './wasmCode';

const LANES = 4;
const BYTES = 4;
/** Floats that are moved by code of their own; more are moved in a loop. */
const MOST_UNROLLED = 64;

export interface FilterGeometry {
  readonly channels: number;
  readonly paddedWidth: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
}

export interface UnfoldedRow {
  /** Locals with the address of the first element that the filter covers, and of the row. */
  readonly place: number;
  readonly row: number;
  /** Whether the row is copied from the image; else it is added to the image. */
  readonly isInto: boolean;
}

/** Copies what a filter covers at one place into a row, or adds the row to it. */
export function unfoldedRow(
  code: WasmCode,
  { channels, paddedWidth, filterHeight, filterWidth }: FilterGeometry,
  { place, row, isInto }: UnfoldedRow,
): void {
  const line = filterWidth * channels;
  for (let y = 0; y < filterHeight; y++) {
    const inImage = y * paddedWidth * channels * BYTES;
    const inRow = y * line * BYTES;
    const move = (index: number, image: number, other: number): void => {
      const isVector = index + LANES <= line;
      const load = isVector ? 'v128.load' : 'f32.load';
      const store = isVector ? 'v128.store' : 'f32.store';
      if (isInto) {
        code
          .get(other)
          .get(image)
          .memory(load, inImage + index * BYTES);
        code.memory(store, inRow + index * BYTES);
        return;
      }
      code
        .get(image)
        .get(image)
        .memory(load, inImage + index * BYTES);
      code.get(other).memory(load, inRow + index * BYTES);
      if (isVector) code.vector('f32x4.add');
      else code.op('f32.add');
      code.memory(store, inImage + index * BYTES);
    };
    let done = 0;
    const whole = Math.floor(line / LANES);
    let [image, other] = [place, row];
    if (line > MOST_UNROLLED) {
      [image, other] = [code.local('i32'), code.local('i32')];
      code.get(place).set(image).get(row).set(other);
      code.repeat(whole, () => {
        move(0, image, other);
        for (const local of [image, other]) {
          code
            .get(local)
            .i32(LANES * BYTES)
            .op('i32.add')
            .set(local);
        }
      });
      // What is left is addressed from the row's start again.
      [image, other] = [place, row];
      done = whole * LANES;
    }
    while (done < line) {
      move(done, image, other);
      done += done + LANES <= line ? LANES : 1;
    }
  }
}
