import type { DType, ReduceKind } from '../../../ir/types';
import type { InnerLoop } from '../loopNest';
import { ownIndex } from '../ownIndex';
import { loopOverTerms } from '../writeBlock';
import type { KernelWriter } from '../kernelWriter';
import type { Ref } from '../../plan';
import { wgslType } from '../literals';

/** result[o] = Σ, max or min over r < terms of term(o, r), for o < outputs. */
export interface Accumulation {
  readonly outputs: number;
  readonly terms: number;
  readonly combine: ReduceKind;
  readonly dtype: DType;
  /** When all terms come from arrays of outputs × terms, how these lie: then `element` makes a term. */
  readonly innerLoop: InnerLoop | null;
  /** Code of a term. It is called again for each place where terms are made. */
  readonly term: (writer: KernelWriter, output: string, term: string) => string;
  /** Code of the term at an index of the arrays of an inner loop. */
  readonly element?: (writer: KernelWriter, index: string) => string;
}

/** Below this many terms a thread makes an output alone. */
const SHARED_FROM = 32;
/** From this many outputs on there is enough to do without sharing. */
const ALONE_FROM_OUTPUTS = 8192;
/** Terms that one workgroup takes before a second kernel is worth it. */
const CHUNK = 4096;
/** For threads that work alone: outputs below which terms are cut up, from how many terms on, and into how many parts. */
const FEW_OUTPUTS = 8;
const LONG_FROM = 512;
const MOST_PARTS = 64;

/**
 * How many parts each output's terms are cut into; their results go through memory when over 1.
 * `cooperative`: threads of a workgroup may share work.
 */
export function accumulationChunks({ outputs, terms }: Accumulation, cooperative: boolean): number {
  if (cooperative) {
    if (outputs * 16 > ALONE_FROM_OUTPUTS || terms < 4 * CHUNK) return 1;
    return Math.ceil(terms / CHUNK);
  }
  if (outputs >= FEW_OUTPUTS || terms < LONG_FROM) return 1;
  return Math.min(MOST_PARTS, Math.ceil((8 * terms) / LONG_FROM));
}

/** Who makes an output. */
export function accumulator(
  { outputs, terms }: Pick<Accumulation, 'outputs' | 'terms'>,
  cooperative: boolean,
): 'thread' | 'workgroup' {
  return !cooperative || terms < SHARED_FROM || outputs >= ALONE_FROM_OUTPUTS
    ? 'thread'
    : 'workgroup';
}

/**
 * Writes the accumulation of the own output. The order of additions depends on the extents alone, so a run
 * repeats to the bit.
 */
export function writeAccumulation(
  w: KernelWriter,
  accumulation: Accumulation,
  by: 'thread' | 'workgroup',
  target: Ref,
): void {
  const own = ownIndex(accumulation.outputs);
  const range = { start: '0u', end: `${accumulation.terms}u` };
  const total = overTerms(w, accumulation, own, range, by);
  w.store(target, own, by === 'thread' ? total : totalOfGroup(w, accumulation, total));
}

/**
 * First of two kernels: part p of output o goes to element o·chunks + p.
 */
export function writePartialAccumulation(
  w: KernelWriter,
  accumulation: Accumulation,
  chunks: number,
  by: 'thread' | 'workgroup',
  target: Ref,
): void {
  const { outputs, terms } = accumulation;
  const length = Math.ceil(terms / chunks);
  const part = ownIndex(outputs * chunks);
  const output = outputs === 1 ? '0u' : w.let(`${part} / ${chunks}u`);
  const chunk = outputs === 1 ? part : `(${part} % ${chunks}u)`;
  const start = w.let(`${chunk} * ${length}u`);
  const end = w.let(`min(${start} + ${length}u, ${terms}u)`);
  const total = overTerms(w, { ...accumulation, innerLoop: null }, output, { start, end }, by);
  w.store(target, part, by === 'thread' ? total : totalOfGroup(w, accumulation, total));
}

/** Second of two kernels: the same combination over the parts. */
export function combineParts(accumulation: Accumulation, chunks: number, parts: Ref): Accumulation {
  const load = (w: KernelWriter, index: string): string => w.load(parts, index);
  return {
    ...accumulation,
    terms: chunks,
    innerLoop: { order: 'rows', outputs: accumulation.outputs, terms: chunks },
    element: load,
    term: (w, output, term) => load(w, w.let(`${output} * ${chunks}u + ${term}`)),
  };
}

/** The sum of whole partial results that lie one behind the other. */
export function sumOfParts(outputs: number, parts: number, partial: Ref): Accumulation {
  const load = (w: KernelWriter, index: string): string => w.load(partial, index);
  return {
    outputs,
    terms: parts,
    combine: 'sum',
    dtype: 'f32',
    innerLoop: { order: 'columns', outputs, terms: parts },
    element: load,
    term: (w, output, term) => load(w, w.let(`${term} * ${outputs}u + ${output}`)),
  };
}

function combination(combine: ReduceKind, left: string, right: string): string {
  return combine === 'sum' ? `${left} + ${right}` : `${combine}(${left}, ${right})`;
}

/** What a combination starts from. */
function neutral(w: KernelWriter, combine: ReduceKind, dtype: DType): string {
  if (combine === 'sum') return `${wgslType(dtype)}()`;
  if (dtype === 'i32') return combine === 'max' ? '(-2147483647i - 1i)' : '2147483647i';
  w.use('infinity');
  return combine === 'max' ? '-infinity()' : 'infinity()';
}

interface TermRange {
  readonly start: string;
  readonly end: string;
}

/** The combination of a range's terms: of all by a thread, or of every 64th by each of a workgroup. */
function overTerms(
  w: KernelWriter,
  { combine, dtype, term, innerLoop, element }: Accumulation,
  output: string,
  { start, end }: TermRange,
  by: 'thread' | 'workgroup',
): string {
  const total = w.fresh('total');
  w.line(`var ${total} = ${neutral(w, combine, dtype)};`);
  if (innerLoop && element) {
    loopOverTerms(w, innerLoop, by, (inside, index) => {
      inside.line(`${total} = ${combination(combine, total, element(inside, index))};`);
    });
    return total;
  }
  const stride = by === 'thread' ? 1 : w.threads;
  const own = by === 'thread' ? start : start === '0u' ? 'local' : w.let(`${start} + local`);
  w.block(`for (var r = ${own}; r < ${end}; r += ${stride}u)`, () => {
    w.line(`${total} = ${combination(combine, total, term(w, output, 'r'))};`);
  });
  return total;
}

/** The combination of one number of each thread, by a tree of fixed shape in workgroup memory. */
function totalOfGroup(w: KernelWriter, { combine, dtype }: Accumulation, total: string): string {
  const parts = w.scratch(dtype === 'i32' ? 'i32' : 'f32', w.threads);
  w.line(`${parts}[local] = ${total};`);
  w.line('workgroupBarrier();');
  w.block(`for (var half = ${w.threads / 2}u; half > 0u; half >>= 1u)`, () => {
    w.block('if (local < half)', () =>
      w.line(
        `${parts}[local] = ${combination(combine, `${parts}[local]`, `${parts}[local + half]`)};`,
      ),
    );
    w.line('workgroupBarrier();');
  });
  return w.let(`${parts}[0]`);
}
