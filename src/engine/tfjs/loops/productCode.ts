import { defined } from '../../../core/invariant';
import type { WasmCode } from './wasmCode';

/** Where the elements of one operand are: bytes to move on by row, by column, and along each batch axis. */
export interface MatrixWalk {
  /** Puts the address of the first element on the stack. */
  readonly push: () => void;
  readonly row: number;
  readonly column: number;
  readonly batch: readonly number[];
}

/** [...batch, rows, inner] · [...batch, inner, columns] → [...batch, rows, columns], which is packed. */
export interface Product {
  readonly batch: readonly number[];
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly left: MatrixWalk;
  readonly right: MatrixWalk;
  readonly pushResult: () => void;
  /** Puts the address of scratch memory on the stack. */
  readonly pushScratch: (bytes: number) => void;
  /** Whether it is added to what is there. */
  readonly isAdded?: boolean;
}

/**
 * A tile's totals: four rows of two vectors. With eight totals V8 keeps everything in registers (60 GFLOP/s where
 * it was tried); with twelve, or with the inner loop unrolled, it spills and is half as fast.
 */
const TILE_ROWS = 4;
const LANES = 4;
const PANEL_COLUMNS = 2 * LANES;
const BYTES = 4;

/**
 * Writes a matrix product. For each panel of eight columns, the right operand's elements are packed row by row; then
 * tiles of four rows keep their totals in registers while the inner index runs. The order of additions depends on
 * the shape alone.
 */
export function writeProduct(code: WasmCode, product: Product): void {
  const { batch, rows, inner, columns, left, right, isAdded = false } = product;
  const pointer = (push: () => void): number => {
    const local = code.local('i32');
    push();
    code.set(local);
    return local;
  };
  const a = pointer(left.push);
  const b = pointer(right.push);
  const c = pointer(product.pushResult);
  const panel = pointer(() => {
    product.pushScratch(inner * PANEL_COLUMNS * BYTES);
  });
  const advance = (local: number, bytes: number): void => {
    if (bytes !== 0) code.get(local).i32(bytes).op('i32.add').set(local);
  };

  const writePanel = (width: number): void => {
    packPanel(code, { from: b, to: panel, inner, width, row: right.row, column: right.column });
    const writeRows = (height: number): void => {
      writeTile(code, { a, c, panel, height, width, inner, columns, left, isAdded });
      advance(a, height * left.row);
      advance(c, height * columns * BYTES);
    };
    inChunks(code, rows, TILE_ROWS, writeRows);
    advance(a, -rows * left.row);
    advance(b, width * right.column);
    advance(c, (width - rows * columns) * BYTES);
  };
  const writeBatch = (axis: number): void => {
    const extent = batch[axis];
    if (extent === undefined) {
      inChunks(code, columns, PANEL_COLUMNS, writePanel);
      advance(b, -columns * right.column);
      advance(c, (rows - 1) * columns * BYTES);
      return;
    }
    const [leftStep, rightStep] = [left, right].map((walk) =>
      defined(walk.batch[axis], 'step of a batch axis'),
    ) as [number, number];
    code.repeat(extent, () => {
      writeBatch(axis + 1);
      advance(a, leftStep);
      advance(b, rightStep);
    });
    advance(a, -extent * leftStep);
    advance(b, -extent * rightStep);
  };
  writeBatch(0);
}

/** Runs `body` for whole chunks of `size`, and once for what is left. */
export function inChunks(
  code: WasmCode,
  count: number,
  size: number,
  body: (size: number) => void,
): void {
  const whole = Math.floor(count / size);
  if (whole > 0) {
    code.repeat(whole, () => {
      body(size);
    });
  }
  if (count % size > 0) body(count % size);
}

interface Packing {
  readonly from: number;
  readonly to: number;
  readonly inner: number;
  readonly width: number;
  readonly row: number;
  readonly column: number;
}

function rowBytes(width: number): number {
  return Math.ceil(width / LANES) * LANES * BYTES;
}

/** Copies `width` columns next to each other, row by row; a row is a whole number of vectors. */
function packPanel(code: WasmCode, { from, to, inner, width, row, column }: Packing): void {
  const [source, target] = [code.local('i32'), code.local('i32')];
  code.get(from).set(source).get(to).set(target);
  code.repeat(inner, () => {
    let done = 0;
    for (; column === BYTES && done + LANES <= width; done += LANES) {
      code
        .get(target)
        .get(source)
        .memory('v128.load', done * BYTES);
      code.memory('v128.store', done * BYTES);
    }
    // What fills the last vector up comes to stand in lanes that are never stored.
    for (; done < width; done++) {
      code
        .get(target)
        .get(source)
        .memory('f32.load', done * column);
      code.memory('f32.store', done * BYTES);
    }
    code.get(source).i32(row).op('i32.add').set(source);
    code.get(target).i32(rowBytes(width)).op('i32.add').set(target);
  });
}

interface Tile {
  readonly a: number;
  readonly c: number;
  readonly panel: number;
  readonly height: number;
  readonly width: number;
  readonly inner: number;
  readonly columns: number;
  readonly left: MatrixWalk;
  readonly isAdded: boolean;
}

function writeTile(code: WasmCode, tile: Tile): void {
  const { a, c, panel, height, width, inner, columns, left, isAdded } = tile;
  const vectors = Math.ceil(width / LANES);
  const locals = (count: number): number[] =>
    Array.from({ length: count }, () => code.local('v128'));
  const totals = Array.from({ length: height }, () => locals(vectors));
  const row = locals(vectors);
  const x = code.local('v128');
  const [from, packed] = [code.local('i32'), code.local('i32')];
  code.get(a).set(from).get(panel).set(packed);
  for (const total of totals.flat()) code.splat(0).set(total);
  code.repeat(inner, () => {
    row.forEach((local, v) => {
      code
        .get(packed)
        .memory('v128.load', v * LANES * BYTES)
        .set(local);
    });
    totals.forEach((line, r) => {
      code
        .get(from)
        .memory('v128.load32_splat', r * left.row)
        .set(x);
      line.forEach((total, v) => {
        code.get(total).get(x).get(defined(row[v], 'vector of a row'));
        code.vector('f32x4.mul').vector('f32x4.add').set(total);
      });
    });
    code.get(from).i32(left.column).op('i32.add').set(from);
    code.get(packed).i32(rowBytes(width)).op('i32.add').set(packed);
  });
  totals.forEach((line, r) => {
    line.forEach((total, v) => {
      const offset = (r * columns + v * LANES) * BYTES;
      const lanes = Math.min(LANES, width - v * LANES);
      if (lanes === LANES) {
        code.get(c).get(total);
        if (isAdded) code.get(c).memory('v128.load', offset).vector('f32x4.add');
        code.memory('v128.store', offset);
        return;
      }
      for (let lane = 0; lane < lanes; lane++) {
        code.get(c).get(total).lane('f32x4.extract_lane', lane);
        const at = offset + lane * BYTES;
        if (isAdded) code.get(c).memory('f32.load', at).op('f32.add');
        code.memory('f32.store', at);
      }
    });
  });
}
