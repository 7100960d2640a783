import { elementCount, type Value } from '../../ir/types';
import { whole, type Ref } from '../plan';
import { sumOfParts } from '../wgsl/kernels/accumulate';
import type { Convolution } from '../wgsl/kernels/convolution/convolutionGeometry';
import {
  filterGradientParts,
  writeFilterGradient,
} from '../wgsl/kernels/convolution/writeFilterGradient';
import { writeConvolution } from '../wgsl/kernels/convolution/writeConvolution';
import { writeInputGradient } from '../wgsl/kernels/convolution/writeInputGradient';
import { writeDirectProduct } from '../wgsl/kernels/directProduct';
import {
  isTiled,
  partsOf,
  productAsAccumulation,
  productOf,
  productParts,
  productShape,
} from '../wgsl/kernels/product';
import { writeStagedProduct } from '../wgsl/kernels/stagedProduct';
import type { KernelWriter } from '../wgsl/kernelWriter';
import type { ElementBody } from '../wgsl/loopNest';
import type { LoweredKernel } from './loweredKernel';
import type { LoweringContext } from './loweringContext';
import { accumulationKernel, lowerAccumulation } from './lowerReduction';

/** Writes tiles of results into a target, with `each` wherever one has been stored. */
type WriteTiles = (w: KernelWriter, target: Ref, each: ElementBody) => void;

export function lowerDot(context: LoweringContext, value: Value<'dot'>): LoweredKernel[] {
  const { places, target } = context;
  const shape = productShape(value);
  if (!isTiled(shape)) {
    return lowerAccumulation(context, value, productAsAccumulation(value, places.refOf));
  }
  const write = target.cooperative ? writeStagedProduct : writeDirectProduct;
  const parts = productParts(shape, target.cooperative);
  return lowerTilesInParts(context, value, parts, (w, to, each) => {
    const product = productOf(value, places.refOf);
    write(w, parts === 1 ? product : partsOf(product, parts), to, each, target.tiling);
  });
}

export function lowerConvolution(context: LoweringContext, value: Convolution): LoweredKernel[] {
  const { refOf } = context.places;
  const { tiling } = context.target;
  switch (value.kind) {
    case 'conv2d':
      return [
        lowerTiles(context, value, (w, target, each) =>
          writeConvolution(w, value, refOf, target, each, tiling),
        ),
      ];
    case 'conv2dInputGradient':
      return [
        lowerTiles(context, value, (w, target, each) =>
          writeInputGradient(w, value, refOf, target, each, tiling),
        ),
      ];
    case 'conv2dFilterGradient':
      return lowerTilesInParts(
        context,
        value,
        filterGradientParts(value, tiling),
        (w, target, each) => writeFilterGradient(w, value, refOf, target, each, tiling),
      );
  }
}

function lowerTiles(
  context: LoweringContext,
  value: Value<'dot'> | Convolution,
  write: WriteTiles,
): LoweredKernel {
  const target = context.place(value);
  return context.kernel('matmul', value, context.label(value), {
    kind: 'tiled',
    count: elementCount(value.shape),
    body: (w, each) => write(w, target(), each),
  });
}

/** Tiles of partial sums, and of several the sums of these. */
function lowerTilesInParts(
  context: LoweringContext,
  value: Value<'dot'> | Convolution,
  parts: number,
  write: WriteTiles,
): LoweredKernel[] {
  if (parts === 1) return [lowerTiles(context, value, write)];
  const outputs = elementCount(value.shape);
  const name = `%${value.id}.parts`;
  const partial = whole(context.places.create('temporary', name, 'f32', parts * outputs));
  const target = context.place(value);
  return [
    context.kernel('matmul', value, `${context.label(value)}.parts`, {
      kind: 'tiled',
      count: partial.length,
      body: (w, each) => write(w, partial, each),
    }),
    accumulationKernel(context, value, sumOfParts(outputs, parts, partial), target),
  ];
}
