import { elementCount, type AnyValue, type Value } from '../../ir/types';
import { MAX_INLINE_PARTS } from '../materialisation/chooseMaterialised';
import { whole } from '../plan';
import { isFlat } from '../views/viewMap';
import { reductionAccumulation } from '../wgsl/kernels/reduction';
import { writeSampleRows } from '../wgsl/kernels/sampleRows';
import { scatterAccumulation } from '../wgsl/kernels/scatterAdd';
import { isKernelValue, type KernelValue } from '../wgsl/opForms';
import { lowerConcatParts, lowerFlatConcat } from './lowerConcat';
import { lowerElementwise } from './lowerElementwise';
import type { LoweredKernel } from './loweredKernel';
import { LoweringContext } from './loweringContext';
import { lowerConvolution, lowerDot } from './lowerProduct';
import { lowerAccumulation, lowerArgReduction } from './lowerReduction';

/** Lowers materialised values to kernels, each by the rule of its op. */
export class KernelLowering extends LoweringContext {
  override lower(value: Value): LoweredKernel[] {
    const any = value as AnyValue;
    if (any.kind === 'constant') return this.fill(any);
    if (any.kind === 'concat' && isFlat(any)) return lowerFlatConcat(this, any);
    if (any.kind === 'concat' && any.operands.length > MAX_INLINE_PARTS) {
      return lowerConcatParts(this, any);
    }
    return isKernelValue(any) ? this.lowerByRule(any) : lowerElementwise(this, value);
  }

  /** The host fills it: no kernel. */
  private fill(value: Value<'constant'>): LoweredKernel[] {
    const length = elementCount(value.shape);
    const contents = { fill: value.attributes.value };
    const storage = this.places.create('literal', `%${value.id}`, value.dtype, length, contents);
    this.places.put(value, whole(storage));
    return [];
  }

  private lowerByRule(value: KernelValue): LoweredKernel[] {
    switch (value.kind) {
      case 'reduce':
        return lowerAccumulation(this, value, reductionAccumulation(value));
      case 'scatterAdd':
        return lowerAccumulation(this, value, scatterAccumulation(value));
      case 'argReduce':
        return lowerArgReduction(this, value);
      case 'dot':
        return lowerDot(this, value);
      case 'conv2d':
      case 'conv2dInputGradient':
      case 'conv2dFilterGradient':
        return lowerConvolution(this, value);
      case 'sampleRows':
        return this.sampleRows(value);
    }
  }

  private sampleRows(value: Value<'sampleRows'>): LoweredKernel[] {
    const target = this.place(value);
    const count = elementCount(value.shape);
    return [
      this.elementwise(value, this.label(value), count, (w, at) =>
        writeSampleRows(w, value, at, target()),
      ),
    ];
  }
}
