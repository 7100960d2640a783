import { defined } from '../../../core/invariant';
import { elementCount, type Value } from '../../../ir/types';
import { writeConcat } from './concatCode';
import { writeConvolution } from './convolutionCode';
import { sourcesOfStep, storedByStep, type Loops, type LoopStep } from './steps';
import { ScratchMemory } from './scratchMemory';
import { bytesOf } from './nestGeometry';
import { writeNest, type NestMemory } from './nestCode';
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

function writeLoops(loops: Loops): { code: WasmCode; scratch: number } {
  const { steps, reads, writes } = loops;
  const code = new WasmCode(1);
  const scratch = code.local('i32');
  code.get(0).memory('i32.load').set(scratch);
  const entries = new Map([...reads, ...writes].map((value, index) => [value, index + 1]));
  const arena = new ScratchMemory();
  const pushScratch = (offset: number): void => {
    code.get(scratch).i32(offset).op('i32.add');
  };
  /** What only later steps read: where it is, while somebody still reads it. */
  const passing = new Map<Value, number>();
  const lastReads = lastReadsOf(steps);
  const push = (value: Value): void => {
    const entry = entries.get(value);
    if (entry === undefined) pushScratch(defined(passing.get(value), 'a value in memory'));
    else code.get(0).memory('i32.load', entry * BYTES_PER_ADDRESS);
  };
  steps.forEach((step, index) => {
    for (const value of storedByStep(step)) {
      if (entries.has(value)) continue;
      passing.set(value, arena.reserve(elementCount(value.shape) * bytesOf(value.dtype)));
    }
    const own: number[] = [];
    const memory: NestMemory = {
      push,
      pushScratch: (bytes) => {
        const offset = arena.reserve(bytes);
        own.push(offset);
        pushScratch(offset);
      },
    };
    if ('product' in step) writeProductStep(code, step, memory);
    else if ('concat' in step) writeConcat(code, step, memory);
    else if ('convolution' in step) writeConvolution(code, step, memory);
    else writeNest(code, step, memory);
    // What a step makes never lies on what it reads: places are free only after it.
    own.forEach((offset) => arena.release(offset));
    for (const [value, offset] of passing) {
      if (lastReads.get(value) !== index) continue;
      arena.release(offset);
      passing.delete(value);
    }
  });
  return { code, scratch: arena.size };
}

/** For each value, the number of the last step that reads it. */
function lastReadsOf(steps: readonly LoopStep[]): Map<Value, number> {
  const last = new Map<Value, number>();
  steps.forEach((step, index) => {
    for (const source of sourcesOfStep(step)) last.set(source, index);
  });
  return last;
}
