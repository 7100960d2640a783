import { defined } from '../../../core/invariant';
import type { AnyValue, Value } from '../../../ir/types';
import type { ElementBody } from '../../fusion/draft';
import type { KernelWriter } from '../kernelWriter';
import type { Ref } from '../../plan';
import { chooseThreadTile, type Tiling } from './chooseThreadTile';
import { times, type RefOf } from './product';
import {
  addProducts,
  declareSums,
  insideEdge,
  ownColumns,
  ownRows,
  storeResults,
  tileGrid,
  tileWidth,
  type Start,
  type ThreadTile,
} from './tileResults';

export type Convolution = Extract<
  AnyValue,
  { kind: 'conv2d' | 'conv2dInputGradient' | 'conv2dFilterGradient' }
>;

type Four = readonly [number, number, number, number];

export function four(value: Value): Four {
  const [a, b, c, d] = value.shape;
  return [defined(a, 'extent'), defined(b, 'extent'), defined(c, 'extent'), defined(d, 'extent')];
}

export function operandsOf(value: Convolution): readonly [Value, Value] {
  return [
    defined(value.operands[0], 'first operand'),
    defined(value.operands[1], 'second operand'),
  ];
}

/** A row of a thread's tile: a pixel of the result, by the names of where it looks in the other image. */
interface Pixel {
  /** Start of the image. */
  readonly image: string;
  readonly row: string;
  readonly column: string;
}

/**
 * y[n,i,j,o] = Σ x[n, i·s + p − low, j·s + q − low, c] · f[p,q,c,o] over p, q, c: a product of rows of pixels with the
 * filter, without a matrix of patches. Each thread makes some pixels of some channels; for each tap of the filter
 * it finds where its pixels are, once for all channels.
 */
export function writeConvolution(
  w: KernelWriter,
  value: Value<'conv2d'>,
  refOf: RefOf,
  target: Ref,
  after: ElementBody,
  tiling: Tiling,
): void {
  const { strides, padding } = value.attributes;
  const [x, f] = operandsOf(value);
  const [, height, width, channels] = four(x);
  const [filterHeight, filterWidth] = four(f);
  const [batch, resultHeight, resultWidth, outputs] = four(value);
  const rows = batch * resultHeight * resultWidth;
  const tile = chooseThreadTile({ batch: 1, rows, columns: outputs }, tiling);
  tileGrid(w, { rows, columns: outputs, matrices: 1, tile });
  const pixels = ownRows(tile, (n) => insideEdge('row', n, rows, tile.rows)).map((row): Pixel => {
    const at = w.let(row);
    const i = w.let(`(${at} / ${resultWidth}u) % ${resultHeight}u`);
    const j = w.let(`${at} % ${resultWidth}u`);
    return {
      image: w.let(`(${at} / ${resultHeight * resultWidth}u) * ${height * width * channels}u`),
      // Below the edge it wraps to a huge number, which is out of range too.
      row: w.let(`${i} * ${strides[0]}u - ${padding[0][0]}u`),
      column: w.let(`${j} * ${strides[1]}u - ${padding[1][0]}u`),
    };
  });
  declareSums(w, tile);
  const image = defined(refOf(x), 'place of the image');
  const filter = defined(refOf(f), 'place of the filter');
  const padded = padding.flat().some((size) => size > 0);
  taps(w, [filterHeight, filterWidth], (p, q) => {
    const left = pixels.map((pixel) => {
      const row = w.let(`${pixel.row} + ${p}`);
      const column = w.let(`${pixel.column} + ${q}`);
      const ok = padded ? w.let(`${row} < ${height}u && ${column} < ${width}u`) : null;
      return start(w, pixel.image, row, width * channels, column, channels, ok);
    });
    const tap = w.let(`(${p} * ${filterWidth}u + ${q}) * ${channels * outputs}u`);
    addProducts(w, tile, {
      count: channels,
      left: { ref: image, starts: left, step: 1 },
      right: {
        ref: filter,
        starts: ownColumns(tile, (n) => insideEdge('column', n, outputs, tileWidth(tile))).map(
          (column) => ({ at: w.let(`${tap} + ${column}`), ok: null }),
        ),
        step: outputs,
      },
    });
  });
  storeResults(w, tile, { ref: target, rows, columns: outputs, row: 'row', column: 'column', matrix: null }, after); // prettier-ignore
}

/**
 * dx[n,h,v,c] = Σ g[n,i,j,o] · f[p,q,c,o] over p, q, o with i·s = h + low − p. With strides over 1 only every s-th tap
 * meets a pixel, so pixels are taken by their remainder, and only these taps are gone over.
 */
export function writeInputGradient(
  w: KernelWriter,
  value: Value<'conv2dInputGradient'>,
  refOf: RefOf,
  target: Ref,
  after: ElementBody,
  tiling: Tiling,
): void {
  const { strides, padding } = value.attributes;
  const [g, f] = operandsOf(value);
  const [, height, width, outputs] = four(g);
  const [filterHeight, filterWidth] = four(f);
  const [batch, resultHeight, resultWidth, channels] = four(value);
  const [tall, wide] = [Math.ceil(resultHeight / strides[0]), Math.ceil(resultWidth / strides[1])];
  const rows = batch * tall * wide;
  const phases = strides[0] * strides[1];
  const tile = chooseThreadTile({ batch: phases, rows, columns: channels }, tiling);
  tileGrid(w, { rows, columns: channels, matrices: phases, tile });
  const phase = (axis: 0 | 1): string => {
    if (strides[axis] === 1) return '0u';
    if (phases === strides[axis]) return 'matrix';
    return w.let(axis === 0 ? `matrix / ${strides[1]}u` : `matrix % ${strides[1]}u`);
  };
  const [down, across] = [phase(0), phase(1)];
  const [low, left] = [padding[0][0], padding[1][0]];
  // The first tap that meets pixels of this remainder.
  const firstRow = w.let(`(${down} + ${low}u) % ${strides[0]}u`);
  const firstColumn = w.let(`(${across} + ${left}u) % ${strides[1]}u`);
  const place = (row: string): { n: string; h: string; v: string } => ({
    n: w.let(`${row} / ${tall * wide}u`),
    h: w.let(`((${row} / ${wide}u) % ${tall}u) * ${strides[0]}u + ${down}`),
    v: w.let(`(${row} % ${wide}u) * ${strides[1]}u + ${across}`),
  });
  const pixels = ownRows(tile, (n) => insideEdge('row', n, rows, tile.rows)).map((row): Pixel => {
    const { n, h, v } = place(w.let(row));
    return {
      image: w.let(`${n} * ${height * width * outputs}u`),
      row: w.let(`(${h} + ${low}u - ${firstRow}) / ${strides[0]}u`),
      column: w.let(`(${v} + ${left}u - ${firstColumn}) / ${strides[1]}u`),
    };
  });
  declareSums(w, tile);
  const gradient = defined(refOf(g), 'place of the gradient');
  const filter = defined(refOf(f), 'place of the filter');
  taps(w, [filterHeight, filterWidth], (t, u) => {
    const starts = pixels.map((pixel) => {
      // Before the first row it wraps to a huge number, which is out of range too.
      const row = w.let(`${pixel.row} - ${t}`);
      const column = w.let(`${pixel.column} - ${u}`);
      const ok = w.let(`${row} < ${height}u && ${column} < ${width}u`);
      return start(w, pixel.image, row, width * outputs, column, outputs, ok);
    });
    const p = strides[0] === 1 ? t : w.let(`${t} * ${strides[0]}u + ${firstRow}`);
    const q = strides[1] === 1 ? u : w.let(`${u} * ${strides[1]}u + ${firstColumn}`);
    const tap = w.let(`(${p} * ${filterWidth}u + ${q}) * ${channels * outputs}u`);
    addProducts(w, tile, {
      count: outputs,
      left: { ref: gradient, starts, step: 1 },
      right: {
        ref: filter,
        starts: ownColumns(tile, (n) => insideEdge('column', n, channels, tileWidth(tile))).map(
          (column) => ({ at: w.let(`${tap} + (${column}) * ${outputs}u`), ok: null }),
        ),
        step: 1,
      },
    });
  }, { strides, first: [firstRow, firstColumn] }); // prettier-ignore
  storeResults(
    w,
    tile,
    {
      ref: target,
      rows,
      columns: channels,
      row: 'row',
      column: 'column',
      matrix: null,
      lineOf: (row) => {
        const { n, h, v } = place(row);
        const ragged = tall * strides[0] !== resultHeight || wide * strides[1] !== resultWidth;
        return {
          line: w.let(`(${n} * ${resultHeight}u + ${h}) * ${resultWidth}u + ${v}`),
          guard: ragged ? `${h} < ${resultHeight}u && ${v} < ${resultWidth}u` : null,
        };
      },
    },
    after,
  );
}

/** Channels, and with them rows of the result, that a thread of the filter's gradient holds. */
function filterTile(channels: number, outputs: number, lanes: 1 | 4): ThreadTile {
  if (lanes === 4 && channels >= 8) {
    return { rows: channels >= 16 ? 16 : 8, columns: outputs > 16 ? 8 : 4, lanes };
  }
  const rows = channels >= 8 ? 8 : channels >= 4 ? 4 : channels >= 2 ? 2 : 1;
  return { rows, columns: outputs > 8 && rows < 8 ? 16 : outputs > 4 ? 8 : 4, lanes: 1 };
}

/** Threads that keep a machine busy. */
const FILTER_THREADS = 512;

/** Into how many parts the batch is cut, whose sums are added up by a second kernel. */
export function filterGradientParts(
  value: Value<'conv2dFilterGradient'>,
  { lanes }: Tiling,
): number {
  const [x] = operandsOf(value);
  const [filterHeight, filterWidth, channels, outputs] = four(value);
  const tile = filterTile(channels, outputs, lanes);
  const tiles =
    filterHeight *
    filterWidth *
    Math.ceil(channels / tile.rows) *
    Math.ceil(outputs / tileWidth(tile));
  return Math.min(four(x)[0], Math.max(1, Math.round(FILTER_THREADS / (tiles * tile.lanes))));
}

/**
 * df[p,q,c,o] = Σ x[n, i·s + p − low, j·s + q − low, c] · g[n,i,j,o] over n, i, j. Each thread makes some channels of one
 * tap, over a part of the batch: element (part, p, q, c, o) of the target.
 */
export function writeFilterGradient(
  w: KernelWriter,
  value: Value<'conv2dFilterGradient'>,
  refOf: RefOf,
  target: Ref,
  after: ElementBody,
  tiling: Tiling,
): void {
  const { strides, padding } = value.attributes;
  const [x, g] = operandsOf(value);
  const [batch, height, width] = four(x);
  const [, resultHeight, resultWidth] = four(g);
  const [filterHeight, filterWidth, channels, outputs] = four(value);
  const parts = filterGradientParts(value, tiling);
  const length = Math.ceil(batch / parts);
  const tapCount = filterHeight * filterWidth;
  const tile = filterTile(channels, outputs, tiling.lanes);
  tileGrid(w, { rows: channels, columns: outputs, matrices: parts * tapCount, tile });
  const many = parts * tapCount > 1;
  const tap = many ? w.let(`matrix % ${tapCount}u`) : '0u';
  const part = many ? w.let(`matrix / ${tapCount}u`) : '0u';
  const p = w.let(`${tap} / ${filterWidth}u`);
  const q = w.let(`${tap} % ${filterWidth}u`);
  declareSums(w, tile);
  const image = defined(refOf(x), 'place of the image');
  const gradient = defined(refOf(g), 'place of the gradient');
  const first = w.let(`${part} * ${length}u`);
  const end = w.let(`min(${first} + ${length}u, ${batch}u)`);
  const down = meeting(w, p, height, resultHeight, strides[0], padding[0][0]);
  const across = meeting(w, q, width, resultWidth, strides[1], padding[1][0]);
  w.block(`for (var n = ${first}; n < ${end}; n++)`, () => {
    w.block(`for (var i = ${down.first}; i < ${down.end}; i++)`, () => {
      const row = w.let(`i * ${strides[0]}u + ${p} - ${padding[0][0]}u`);
      const line = w.let(`(n * ${height}u + ${row}) * ${width * channels}u`);
      const below = w.let(`(n * ${resultHeight}u + i) * ${resultWidth * outputs}u`);
      w.block(`for (var j = ${across.first}; j < ${across.end}; j++)`, () => {
        const column = w.let(`j * ${strides[1]}u + ${q} - ${padding[1][0]}u`);
        const from = w.let(`${line} + ${column} * ${channels}u`);
        const to = w.let(`${below} + j * ${outputs}u`);
        const startsAt = (base: string, indices: readonly string[]): Start[] =>
          indices.map((index) => ({ at: w.let(`${base} + ${index}`), ok: null }));
        addProducts(w, tile, {
          count: 1,
          left: {
            ref: image,
            starts: startsAt(
              from,
              ownRows(tile, (m) => insideEdge('row', m, channels, tile.rows)),
            ),
            step: 0,
          },
          right: {
            ref: gradient,
            starts: startsAt(
              to,
              ownColumns(tile, (m) => insideEdge('column', m, outputs, tileWidth(tile))),
            ),
            step: 0,
          },
        });
      });
    });
  });
  storeResults(
    w,
    tile,
    { ref: target, rows: channels, columns: outputs, row: 'row', column: 'column', matrix: many ? 'matrix' : null }, // prettier-ignore
    after,
  );
}

/** The results along an axis whose `tap` lies inside the image, so that nothing need be tested for each. */
function meeting(
  w: KernelWriter,
  tap: string,
  extent: number,
  results: number,
  stride: number,
  low: number,
): { readonly first: string; readonly end: string } {
  const last = extent + low - 1;
  const steps = `min((${last}u - ${tap}) / ${stride}u + 1u, ${results}u)`;
  return {
    first: w.let(`(max(${low}u, ${tap}) - ${tap} + ${stride - 1}u) / ${stride}u`),
    end: w.let(`select(0u, ${steps}, ${tap} <= ${last}u)`),
  };
}

/** Where the channels of a pixel start; outside the image at 0, to be read and not used. */
function start(
  w: KernelWriter,
  image: string,
  row: string,
  rowStride: number,
  column: string,
  columnStride: number,
  ok: string | null,
): { at: string; ok: string | null } {
  const at = `${image} + ${row} * ${rowStride}u + ${times(column, columnStride) ?? '0u'}`;
  return { at: w.let(ok === null ? at : `select(0u, ${at}, ${ok})`), ok };
}

/** Loops over the taps of a filter, or over those of them that are `strides` apart, `first` being the first. */
function taps(
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
