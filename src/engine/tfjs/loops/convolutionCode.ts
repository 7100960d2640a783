import { defined } from '../../../core/invariant';
import { elementCount, type Value } from '../../../ir/types';
import type { ConvolutionStep } from './steps';
import type { NestMemory } from './nestCode';
import { inChunks, writeProduct } from './productCode';
import { unfoldedRow } from './unfolding';
import type { WasmCode } from './wasmCode';

const BYTES = 4;
/** Elements of unfolded images at a time: they stay in the second cache, and panels of filters serve several images. */
const CHUNK_ELEMENTS = 2 ** 16;

interface Geometry {
  readonly images: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly top: number;
  readonly left: number;
  readonly paddedHeight: number;
  readonly paddedWidth: number;
  readonly rows: number;
  readonly columns: number;
  readonly outputs: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strides: readonly [number, number];
}

function geometryOf(value: Value<ConvolutionStep['convolution']['kind']>): Geometry {
  const [first, second] = value.operands.map(({ shape }) => shape);
  const [input, filter, output] = {
    conv2d: [first, second, value.shape],
    conv2dInputGradient: [value.shape, second, first],
    conv2dFilterGradient: [first, value.shape, second],
  }[value.kind];
  const [images = 1, height = 1, width = 1, channels = 1] = defined(input, 'images');
  const [filterHeight = 1, filterWidth = 1, , outputs = 1] = defined(filter, 'filter');
  const [, rows = 1, columns = 1] = defined(output, 'convolved images');
  const [[top, bottom], [left, right]] = value.attributes.padding;
  return {
    images, height, width, channels, top, left, rows, columns, outputs, filterHeight, filterWidth,
    paddedHeight: height + top + bottom,
    paddedWidth: width + left + right,
    strides: value.attributes.strides,
  }; // prettier-ignore
}

/**
 * Writes a convolution or one of its gradients as products of matrices with unfolded images, some images at a time:
 * a row for each place of the filter, with what the filter covers there. With U the unfolded images, F the filter and
 * Y the result as matrices: Y = U·F, ∂F = Uᵀ·∂Y, ∂U = ∂Y·Fᵀ, which is added up where places overlap.
 */
export function writeConvolution(
  code: WasmCode,
  { convolution, left, right }: ConvolutionStep,
  memory: NestMemory,
): void {
  const { kind } = convolution;
  const g = geometryOf(convolution);
  const places = g.rows * g.columns;
  const covered = g.filterHeight * g.filterWidth * g.channels;
  const imageElements = g.height * g.width * g.channels;
  const paddedElements = g.paddedHeight * g.paddedWidth * g.channels;
  const isPadded = paddedElements !== imageElements;
  const chunk = Math.max(1, Math.min(g.images, Math.floor(CHUNK_ELEMENTS / (places * covered))));

  const pointer = (push: () => void, offset = 0): number => {
    const local = code.local('i32');
    push();
    code
      .i32(offset * BYTES)
      .op('i32.add')
      .set(local);
    return local;
  };
  const advance = (local: number, elements: number): void => {
    code
      .get(local)
      .i32(elements * BYTES)
      .op('i32.add')
      .set(local);
  };
  const fill = (local: number, elements: number): void => {
    code
      .get(local)
      .i32(0)
      .i32(elements * BYTES)
      .fill();
  };
  const target = (): void => memory.push(convolution);
  const first = pointer(() => memory.push(left.source), left.offset);
  const second = pointer(() => memory.push(right.source), right.offset);
  const result = pointer(target);
  const unfolded = pointer(() => memory.pushScratch(chunk * places * covered * BYTES));
  const padded = isPadded ? pointer(() => memory.pushScratch(paddedElements * BYTES)) : null;
  const row = code.local('i32');

  /** Copies the rows of an image into or out of its padded form. */
  const copyRows = (image: number, border: number, isInto: boolean): void => {
    const [outer, inner] = [code.local('i32'), code.local('i32')];
    code.get(border).i32((g.top * g.paddedWidth + g.left) * g.channels * BYTES);
    code.op('i32.add').set(outer).get(image).set(inner);
    code.repeat(g.height, () => {
      code.get(isInto ? outer : inner).get(isInto ? inner : outer);
      code.i32(g.width * g.channels * BYTES).copy();
      advance(outer, g.paddedWidth * g.channels);
      advance(inner, g.width * g.channels);
    });
  };
  /** Visits the places of the filter on one image; `row` goes through the unfolded rows. */
  const visitPlaces = (image: number, isInto: boolean): void => {
    const place = code.local('i32');
    code.get(image).set(place);
    const [down, across] = g.strides;
    code.repeat(g.rows, () => {
      code.repeat(g.columns, () => {
        unfoldedRow(code, g, { place, row, isInto });
        advance(place, across * g.channels);
        advance(row, covered);
      });
      advance(place, (down * g.paddedWidth - g.columns * across) * g.channels);
    });
  };
  const unfold = (image: number, count: number): void => {
    code.get(unfolded).set(row);
    code.repeat(count, () => {
      if (padded !== null) copyRows(image, padded, true);
      visitPlaces(padded ?? image, true);
      advance(image, imageElements);
    });
  };
  const fold = (image: number, count: number): void => {
    code.get(unfolded).set(row);
    code.repeat(count, () => {
      fill(padded ?? image, padded === null ? imageElements : paddedElements);
      visitPlaces(padded ?? image, false);
      if (padded !== null) copyRows(image, padded, false);
      advance(image, imageElements);
    });
  };
  const matrix = (local: number, rowStep: number, columnStep: number) => ({
    push: () => {
      code.get(local);
    },
    row: rowStep * BYTES,
    column: columnStep * BYTES,
    batch: [],
  });
  const { pushScratch } = memory;
  const panel = pointer(() =>
    pushScratch(8 * BYTES * Math.max(covered, g.outputs, chunk * places)),
  );
  const own = { batch: [], pushScratch: () => code.get(panel) };

  if (padded !== null && kind !== 'conv2dInputGradient') fill(padded, paddedElements);
  if (kind === 'conv2dFilterGradient') fill(result, elementCount(convolution.shape));
  inChunks(code, g.images, chunk, (count) => {
    if (kind === 'conv2d') {
      unfold(first, count);
      writeProduct(code, {
        ...own,
        rows: count * places,
        inner: covered,
        columns: g.outputs,
        left: matrix(unfolded, covered, 1),
        right: matrix(second, g.outputs, 1),
        pushResult: () => code.get(result),
      });
      advance(result, count * places * g.outputs);
    } else if (kind === 'conv2dFilterGradient') {
      unfold(first, count);
      writeProduct(code, {
        ...own,
        rows: covered,
        inner: count * places,
        columns: g.outputs,
        left: matrix(unfolded, 1, covered),
        right: matrix(second, g.outputs, 1),
        pushResult: () => code.get(result),
        isAdded: true,
      });
      advance(second, count * places * g.outputs);
    } else {
      writeProduct(code, {
        ...own,
        rows: count * places,
        inner: g.outputs,
        columns: covered,
        left: matrix(first, g.outputs, 1),
        right: matrix(second, 1, g.outputs),
        pushResult: () => code.get(unfolded),
      });
      fold(result, count);
      advance(first, count * places * g.outputs);
    }
  });
}
