import { elementCount, type Program } from '../ir/types';
import type { HostArray, HostArrays } from './engine';

/** The entries of `state` that a program has, with the length that it expects: `writeState` refuses others. */
export function fittingState(program: Program, state: HostArrays): Map<string, HostArray> {
  const fitting = new Map<string, HostArray>();
  for (const { name, shape } of program.state) {
    const array = state.get(name);
    if (array && array.length === elementCount(shape)) fitting.set(name, array);
  }
  return fitting;
}
