import { defined } from '../../../../core/invariant';
import type { Value } from '../../../../ir/types';
import type { Ref } from '../../../plan';
import type { KernelWriter } from '../../kernelWriter';
import type { ElementBody } from '../../loopNest';
import type { Tiling } from '../chooseThreadTile';
import type { RefOf } from '../product';
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
} from '../tileResults';
import { four, operandsOf } from './convolutionGeometry';

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
  const down = resultsInside(w, p, height, resultHeight, strides[0], padding[0][0]);
  const across = resultsInside(w, q, width, resultWidth, strides[1], padding[1][0]);
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
function resultsInside(
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
