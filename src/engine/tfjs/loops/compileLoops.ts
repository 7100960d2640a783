import { defined } from '../../../core/invariant';
import { elementCount, type Value } from '../../../ir/types';
import { writeConcat } from './concatCode';
import { writeConvolution } from './convolutionCode';
import { sourcesOfStep, storedByStep, type Loops, type LoopStep } from './steps';
import { ScratchMemory } from './scratchMemory';
import { bytesOf } from './nestGeometry';
import { writeNest, type NestMemory } from './nestCode';
import { writeProductStep } from './productStepCode';
import { vectorFunctions } from './vectorFunctions';
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
    const { steps, scratch } = writeSteps(loops);
    const code = new WasmCode(1);
    for (const step of steps) {
      code.get(0).call(functions.length);
      functions.push({ parameters: ['i32'], results: [], code: step });
    }
    const name = `loops${names.size}`;
    functions.push({ parameters: ['i32'], results: [], code, name });
    names.set(loops, name);
    scratchBytes = Math.max(scratchBytes, scratch);
    tableLength = Math.max(tableLength, 1 + loops.reads.length + loops.writes.length);
  }
  const module = assembleModule(functions, sharedMemory);
  return { module, names, scratchBytes, tableLength };
}

/**
 * A function for each step: in one for all, a long program would have more locals than a function may have, and take
 * long to compile.
 */
function writeSteps({ steps, reads, writes }: Loops): { steps: WasmCode[]; scratch: number } {
  const entries = new Map([...reads, ...writes].map((value, index) => [value, index + 1]));
  const arena = new ScratchMemory();
  /** What only later steps read: where it is, while somebody still reads it. */
  const passing = new Map<Value, number>();
  const readLastAt = lastReadsOf(steps);
  const written = steps.map((step, index) => {
    const code = new WasmCode(1);
    const pushScratch = (offset: number): void => {
      code.get(0).memory('i32.load').i32(offset).op('i32.add');
    };
    for (const value of storedByStep(step)) {
      if (entries.has(value)) continue;
      passing.set(value, arena.reserve(elementCount(value.shape) * bytesOf(value.dtype)));
    }
    const own: number[] = [];
    writeStep(code, step, {
      push: (value) => {
        const entry = entries.get(value);
        if (entry === undefined) pushScratch(defined(passing.get(value), 'a value in memory'));
        else code.get(0).memory('i32.load', entry * BYTES_PER_ADDRESS);
      },
      pushScratch: (bytes) => {
        const offset = arena.reserve(bytes);
        own.push(offset);
        pushScratch(offset);
      },
    });
    // What a step makes never lies on what it reads: places are free only after it.
    own.forEach((offset) => arena.release(offset));
    for (const value of readLastAt.get(index) ?? []) {
      const offset = passing.get(value);
      if (offset === undefined) continue;
      arena.release(offset);
      passing.delete(value);
    }
    return code;
  });
  return { steps: written, scratch: arena.size };
}

function writeStep(code: WasmCode, step: LoopStep, memory: NestMemory): void {
  if ('product' in step) writeProductStep(code, step, memory);
  else if ('concat' in step) writeConcat(code, step, memory);
  else if ('convolution' in step) writeConvolution(code, step, memory);
  else writeNest(code, step, memory);
}

/** By the number of a step, the values that no later one reads. */
function lastReadsOf(steps: readonly LoopStep[]): ReadonlyMap<number, readonly Value[]> {
  const last = new Map<Value, number>();
  steps.forEach((step, index) => {
    for (const source of sourcesOfStep(step)) last.set(source, index);
  });
  const byStep = new Map<number, Value[]>();
  for (const [value, index] of last) {
    const values = byStep.get(index);
    if (values) values.push(value);
    else byStep.set(index, [value]);
  }
  return byStep;
}
