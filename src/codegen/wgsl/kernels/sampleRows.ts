import { defined } from '../../../core/invariant';
import { feistelHalfBits } from '../../../core/random';
import { elementCount, type Value } from '../../../ir/types';
import type { KernelWriter } from '../kernelWriter';
import type { Ref } from '../../plan';

/** Row numbers of the batch of a step: a keyed permutation for each epoch (`core/random` sampleRow). */
export function writeSampleRows(
  w: KernelWriter,
  value: Value<'sampleRows'>,
  index: string,
  target: Ref,
): void {
  const batch = elementCount(value.shape);
  const { key, count } = value.attributes;
  w.use('sampleRow');
  const step = w.emit(defined(value.operands[0], 'step'), '0u');
  const keyCode = `vec2<u32>(${key[0]}u, ${key[1]}u)`;
  const numbers = `${batch}u, ${count}u, ${feistelHalfBits(count)}u`;
  w.store(target, index, `sampleRow(${keyCode}, bitcast<u32>(${step}), ${numbers}, ${index})`);
}
