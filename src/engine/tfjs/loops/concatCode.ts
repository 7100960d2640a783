import { defined } from '../../../core/invariant';
import { elementCount } from '../../../ir/types';
import type { ConcatStep } from './steps';
import type { NestMemory } from './nestCode';
import { bytesOf } from './nestGeometry';
import type { WasmCode } from './wasmCode';

/** Writes the copying of arrays that lie in memory row by row, next to each other along an axis. */
export function writeConcat(
  code: WasmCode,
  { concat, parts }: ConcatStep,
  memory: NestMemory,
): void {
  const size = bytesOf(concat.dtype);
  const { axis } = concat.attributes;
  const rows = elementCount(concat.shape.slice(0, axis));
  const rowBytes = size * elementCount(concat.shape.slice(axis));
  const [from, to] = [code.local('i32'), code.local('i32')];
  let start = 0;
  parts.forEach(({ source, offset }, index) => {
    const operand = defined(concat.operands[index], 'part');
    const bytes = (size * elementCount(operand.shape)) / rows;
    memory.push(source);
    code
      .i32(offset * size)
      .op('i32.add')
      .set(from);
    memory.push(concat);
    code.i32(start).op('i32.add').set(to);
    code.repeat(rows, () => {
      code.get(to).get(from).i32(bytes).copy();
      code.get(from).i32(bytes).op('i32.add').set(from);
      code.get(to).i32(rowBytes).op('i32.add').set(to);
    });
    start += bytes;
  });
}
