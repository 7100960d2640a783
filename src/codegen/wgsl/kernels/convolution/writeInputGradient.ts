import { defined } from '../../../../core/invariant';
import type { Value } from '../../../../ir/types';
import type { Ref } from '../../../plan';
import type { KernelWriter } from '../../kernelWriter';
import type { ElementBody } from '../../loopNest';
import { chooseThreadTile, type Tiling } from '../chooseThreadTile';
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
} from '../tileResults';
import { four, operandsOf } from './convolutionGeometry';
import { overTaps, pixelStart, type Pixel } from './taps';

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
  overTaps(w, [filterHeight, filterWidth], (t, u) => {
    const starts = pixels.map((pixel) => {
      // Before the first row it wraps to a huge number, which is out of range too.
      const row = w.let(`${pixel.row} - ${t}`);
      const column = w.let(`${pixel.column} - ${u}`);
      const ok = w.let(`${row} < ${height}u && ${column} < ${width}u`);
      return pixelStart(w, pixel.image, row, width * outputs, column, outputs, ok);
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
