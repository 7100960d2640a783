import type { KernelWriter } from '../kernelWriter';
import type { Ref } from '../../plan';
import { affineIndex } from '../../views/affineIndex';
import { ownIndex } from '../ownIndex';
import { defined } from '../../../core/invariant';
import { rowMajorStrides } from '../../../ir/strides';
import { elementCount, type Value } from '../../../ir/types';

/** Index of the first extreme along an axis, for the own result. */
export function writeArgReduction(w: KernelWriter, value: Value<'argReduce'>, target: Ref): void {
  const { kind, axis } = value.attributes;
  const from = defined(value.operands[0], 'operand');
  const strides = rowMajorStrides(from.shape);
  const kept = strides.filter((_, other) => other !== axis);
  const extent = defined(from.shape[axis], 'extent');
  const stride = defined(strides[axis], 'stride');
  const own = ownIndex(elementCount(value.shape));
  const base = w.let(affineIndex(own, value.shape, kept));
  const best = w.fresh('best');
  const extreme = w.fresh('extreme');
  w.line(`var ${best} = 0u;`);
  w.line(`var ${extreme} = ${w.emit(from, base)};`);
  w.block(`for (var r = 1u; r < ${extent}u; r++)`, () => {
    const element = w.emit(from, w.let(`${base} + r * ${stride}u`));
    w.block(`if (${element} ${kind === 'max' ? '>' : '<'} ${extreme})`, () => {
      w.line(`${extreme} = ${element};`);
      w.line(`${best} = r;`);
    });
  });
  w.store(target, own, `i32(${best})`);
}
