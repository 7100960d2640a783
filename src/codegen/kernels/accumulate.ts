import type { DType, ReduceKind } from '../../ir/types';
import type { KernelWriter } from '../kernelWriter';
import type { Ref } from '../plan';
import { wgslType } from '../wgsl/literals';

/** result[o] = Σ, max or min over r < terms of term(o, r), for o < outputs. */
export interface Accumulation {
  readonly outputs: number;
  readonly terms: number;
  readonly combine: ReduceKind;
  readonly dtype: DType;
  /** Code of a term. It is called again for each place where terms are made. */
  readonly term: (writer: KernelWriter, output: string, term: string) => string;
}

/** Threads that share one output. */
const GROUP = 64;
/** Below this many terms a thread makes an output alone. */
const SHARED_FROM = 32;
/** From this many outputs on there is enough to do without sharing. */
const ALONE_FROM_OUTPUTS = 8192;
/** Terms that one workgroup takes before a second kernel is worth it. */
const CHUNK = 4096;

/**
 * How many parts each output's terms are cut into; their results go through memory when over 1.
 * `cooperative`: threads of a workgroup may share work.
 */
export function accumulationChunks({ outputs, terms }: Accumulation, cooperative: boolean): number {
  if (!cooperative || outputs * 16 > ALONE_FROM_OUTPUTS || terms < 4 * CHUNK) return 1;
  return Math.ceil(terms / CHUNK);
}

/**
 * Writes the whole accumulation as one kernel. The order of additions depends on the extents alone, so a run
 * repeats to the bit.
 */
export function writeAccumulation(
  w: KernelWriter,
  accumulation: Accumulation,
  cooperative: boolean,
  target: Ref,
): void {
  const { outputs, terms } = accumulation;
  if (!cooperative || terms < SHARED_FROM || outputs >= ALONE_FROM_OUTPUTS) {
    w.gridOfElements(outputs);
    const own = outputs === 1 ? '0u' : 'i';
    w.store(target, own, sequential(w, accumulation, own, '0u', `${terms}u`, 1));
    return;
  }
  w.grid(outputs, GROUP);
  const own = outputs === 1 ? '0u' : 'group';
  sharedByGroup(w, accumulation, own, '0u', `${terms}u`, (result) => w.store(target, own, result));
}

/** First of two kernels: part p of output o goes to element o·chunks + p. */
export function writePartialAccumulation(
  w: KernelWriter,
  accumulation: Accumulation,
  chunks: number,
  target: Ref,
): void {
  const { outputs, terms } = accumulation;
  const length = Math.ceil(terms / chunks);
  w.grid(outputs * chunks, GROUP);
  const output = w.let(`group / ${chunks}u`);
  const start = w.let(`(group % ${chunks}u) * ${length}u`);
  const end = w.let(`min(${start} + ${length}u, ${terms}u)`);
  sharedByGroup(w, accumulation, output, start, end, (result) => w.store(target, 'group', result));
}

/** Second of two kernels: the same combination over the parts. */
export function combineParts(accumulation: Accumulation, chunks: number, parts: Ref): Accumulation {
  return {
    ...accumulation,
    terms: chunks,
    term: (w, output, term) => w.load(parts, w.let(`${output} * ${chunks}u + ${term}`)),
  };
}

function combination(combine: ReduceKind, left: string, right: string): string {
  return combine === 'sum' ? `${left} + ${right}` : `${combine}(${left}, ${right})`;
}

/** A loop over terms start, start + stride, … below end; the first one exists unless the result is a sum. */
function sequential(
  w: KernelWriter,
  { combine, dtype, term }: Accumulation,
  output: string,
  start: string,
  end: string,
  stride: number,
): string {
  const type = wgslType(dtype);
  if (combine === 'sum') w.line(`var sum = ${type}();`);
  else w.line(`var sum = ${term(w, output, start)};`);
  const first = combine === 'sum' ? start : `${start} + ${stride}u`;
  w.block(`for (var r = ${first}; r < ${end}; r += ${stride}u)`, () => {
    w.line(`sum = ${combination(combine, 'sum', term(w, output, 'r'))};`);
  });
  return 'sum';
}

/** Thread t takes terms t, t + GROUP, …; then a tree of fixed shape in workgroup memory. */
function sharedByGroup(
  w: KernelWriter,
  accumulation: Accumulation,
  output: string,
  start: string,
  end: string,
  done: (result: string) => void,
): void {
  const { combine, dtype } = accumulation;
  w.declare(`var<workgroup> parts: array<${wgslType(dtype)}, ${GROUP}>;`);
  // A thread without terms repeats the last one: it changes no extreme.
  const own = start === '0u' ? 'local' : w.let(`${start} + local`);
  const first = combine === 'sum' ? own : w.let(`min(${own}, ${end} - 1u)`);
  w.line(`parts[local] = ${sequential(w, accumulation, output, first, end, GROUP)};`);
  w.line('workgroupBarrier();');
  w.block(`for (var half = ${GROUP / 2}u; half > 0u; half >>= 1u)`, () => {
    w.block('if (local < half)', () =>
      w.line(`parts[local] = ${combination(combine, 'parts[local]', 'parts[local + half]')};`),
    );
    w.line('workgroupBarrier();');
  });
  w.block('if (local == 0u)', () => done('parts[0]'));
}
