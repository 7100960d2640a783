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
  overTaps(w, [filterHeight, filterWidth], (p, q) => {
    const left = pixels.map((pixel) => {
      const row = w.let(`${pixel.row} + ${p}`);
      const column = w.let(`${pixel.column} + ${q}`);
      const ok = padded ? w.let(`${row} < ${height}u && ${column} < ${width}u`) : null;
      return pixelStart(w, pixel.image, row, width * channels, column, channels, ok);
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
