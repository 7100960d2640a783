import { defined } from '../../../core/invariant';
import { elementCount, type Value } from '../../../ir/types';
import { writeConcat } from './concatCode';
import { writeConvolution } from './convolutionCode';
import { madeByStep, type Loops } from './fuse';
import { bytesOf } from './nestGeometry';
import { writeNest } from './nestCode';
import { writeProductStep } from './productStepCode';
import { VECTOR_FUNCTIONS, vectorFunctions } from './vectorFunctions';
import { WasmCode } from './wasmCode';
import { assembleModule } from './wasmModule';

/** Functions for some loops, and the memory they want. */
export interface CompiledLoops {
  readonly module: Uint8Array<ArrayBuffer>;
  /** Name of the function of each. It takes the address of a table: scratch memory, then `reads`, then `writes`. */
  readonly names: ReadonlyMap<Loops, string>;
  /** Bytes that are free for use while a function runs. */
  readonly scratchBytes: number;
  readonly tableLength: number;
}

const BYTES_PER_ADDRESS = 4;
const ALIGNMENT = 16;

/** Translates loops to one wasm module. */
export function compileLoops(all: readonly Loops[], sharedMemory: boolean): CompiledLoops {
  const functions = vectorFunctions();
  const names = new Map<Loops, string>();
  let scratchBytes = 0;
  let tableLength = 1;
  for (const loops of all) {
    const name = `loops${functions.length - VECTOR_FUNCTIONS.length}`;
    const { code, scratch } = writeLoops(loops);
    functions.push({ parameters: ['i32'], results: [], code, name });
    names.set(loops, name);
    scratchBytes = Math.max(scratchBytes, scratch);
    tableLength = Math.max(tableLength, 1 + loops.reads.length + loops.writes.length);
  }
  const module = assembleModule(functions, sharedMemory);
  return { module, names, scratchBytes, tableLength };
}

function writeLoops({ steps, reads, writes }: Loops): { code: WasmCode; scratch: number } {
  const code = new WasmCode(1);
  const scratch = code.local('i32');
  code.get(0).memory('i32.load').set(scratch);
  const entries = new Map([...reads, ...writes].map((value, index) => [value, index + 1]));
  let used = 0;
  const reserve = (bytes: number): number => {
    const offset = used;
    used = Math.ceil((used + bytes) / ALIGNMENT) * ALIGNMENT;
    return offset;
  };
  /** What only later nests read. */
  const passing = new Map<Value, number>();
  const pushScratch = (offset: number): void => {
    code.get(scratch).i32(offset).op('i32.add');
  };
  const push = (value: Value): void => {
    const entry = entries.get(value);
    if (entry === undefined) pushScratch(defined(passing.get(value), 'a value in memory'));
    else code.get(0).memory('i32.load', entry * BYTES_PER_ADDRESS);
  };
  for (const step of steps) {
    const stored = 'space' in step ? step.stored : [madeByStep(step)];
    for (const value of stored) {
      if (entries.has(value)) continue;
      passing.set(value, reserve(elementCount(value.shape) * bytesOf(value.dtype)));
    }
    const memory = { push, pushScratch: (bytes: number) => pushScratch(reserve(bytes)) };
    if ('product' in step) writeProductStep(code, step, memory);
    else if ('concat' in step) writeConcat(code, step, memory);
    else if ('convolution' in step) writeConvolution(code, step, memory);
    else writeNest(code, step, memory);
  }
  return { code, scratch: used };
}
