import type { Diagnostic } from '../core/diagnostic';
import { defined } from '../core/invariant';
import { failure, success, type Result } from '../core/result';
import { canonicalJson } from '../document/canonical';
import { readDocument } from '../document/read';
import type { BasinDocument } from '../document/schema';
import type { StateSpec } from '../ir/types';
import { matchArrays, misfitSentence, type Misfit } from './matchArrays';
import {
  readSafetensors,
  writeSafetensors,
  type NamedTensor,
  type SafetensorsFile,
} from './safetensors';
import type { Numbers } from './tensorTypes';

/** Where weights come from. */
export interface WeightsOrigin {
  /** The number of the next step. */
  readonly step: number;
  /** What they were trained with. */
  readonly document: BasinDocument;
  /** SHA-256 of its canonical JSON; null where nothing can compute it. */
  readonly documentHash: string | null;
}

type StateArrays = ReadonlyMap<string, Numbers>;

export interface ReadWeights {
  /** Null where the file does not say. */
  readonly origin: { readonly [K in keyof WeightsOrigin]: WeightsOrigin[K] | null } & {
    readonly seed: number | null;
  };
  /** What fits the graph. Where only a part does, nothing of the optimizer: its numbers are of a run that this one is not. */
  readonly state: StateArrays;
  /** What does not, where that was asked for. */
  readonly misfits: readonly Misfit[];
  /** Every array of the graph was there, the optimizer's too: a run goes on exactly. */
  readonly isWhole: boolean;
}

export interface ReadWeightsOptions {
  /** Takes what fits, and only warns of what does not. */
  readonly partial?: boolean;
}

const FORMAT = 'basin-weights-1';
const NAMED_AT_MOST = 5;

/**
 * A safetensors file of the given state, under its own names, in the order of `specs`. With the optimizer's state in
 * `specs` a run goes on from the file exactly; without it the file is for evaluation. Numbers of 64 bits keep them.
 */
export function writeWeights(
  specs: readonly StateSpec[],
  state: StateArrays,
  { step, document, documentHash }: WeightsOrigin,
): Uint8Array<ArrayBuffer> {
  const tensors = specs.map(({ name, shape, dtype }): NamedTensor => {
    const values = defined(state.get(name), `state ${name}`);
    return { name, shape, values: dtype === 'f32' ? values : Int32Array.from(values) };
  });
  return writeSafetensors(tensors, {
    format: FORMAT,
    step: String(step),
    seed: String(document.training.seed),
    ...(documentHash === null ? {} : { documentHash }),
    document: canonicalJson(document, 'compact'),
  });
}

/** A weights file that is no graph's yet. */
export interface WeightsFile {
  readonly tensors: SafetensorsFile['tensors'];
  readonly origin: ReadWeights['origin'];
}

/** Reads a weights file. What its metadata says of a run is checked: a step that is no step is refused. */
export function openWeights(bytes: Uint8Array): Result<WeightsFile> {
  const file = readSafetensors(bytes);
  if (!file.ok) return file;
  const { tensors, metadata } = file.value;
  const step = metadata['step'] === undefined ? null : wholeNumber(metadata['step']);
  if (step === undefined) return failure(noStep(metadata['step'] ?? ''));
  const origin = {
    step,
    seed: wholeNumber(metadata['seed'] ?? '') ?? null,
    documentHash: metadata['documentHash'] ?? null,
    document: documentOf(metadata['document']),
  };
  return success({ tensors, origin });
}

/**
 * The weights for a graph whose state is `specs`, by name and shape. Trained weights and running statistics must all be there,
 * unless a part is asked for; the optimizer's state and that of probes may be missing. Arrays that the graph does not have are
 * reported as a warning. Errors are `weights.file-mismatch`.
 */
export function fitWeights(
  { tensors, origin }: WeightsFile,
  specs: readonly StateSpec[],
  { partial = false }: ReadWeightsOptions = {},
): Result<ReadWeights> {
  const { state, misfits, isWhole } = matchArrays(tensors, specs);
  const isPart = misfits.some(({ kind }) => kind !== 'extra');
  const isNothing = !specs.some(({ name, purpose }) => purpose === 'weight' && state.has(name));
  if (isPart && (!partial || isNothing)) return failure(mismatch('error', misfits));
  const warnings = misfits.length === 0 ? [] : [mismatch('warning', misfits)];
  const taken = isPart ? withoutOptimizer(state, specs) : state;
  return success({ origin, state: taken, misfits, isWhole: isWhole && !isPart }, warnings);
}

/** `openWeights` and `fitWeights` in one. */
export function readWeights(
  bytes: Uint8Array,
  specs: readonly StateSpec[],
  options: ReadWeightsOptions = {},
): Result<ReadWeights> {
  const file = openWeights(bytes);
  return file.ok ? fitWeights(file.value, specs, options) : file;
}

/**
 * Where training goes on with weights. With a part of them a run begins: the step that the others have come to is none of its own.
 */
export function startOf({ origin, state, misfits }: ReadWeights): {
  readonly step: number;
  readonly state: StateArrays;
} {
  const isPart = misfits.some(({ kind }) => kind !== 'extra');
  return { step: isPart ? 0 : (origin.step ?? 0), state };
}

function documentOf(text: string | undefined): BasinDocument | null {
  if (text === undefined) return null;
  const read = readDocument(text, 'The document in the weights file');
  return read.ok ? read.value : null;
}

function withoutOptimizer(state: StateArrays, specs: readonly StateSpec[]): StateArrays {
  const own = new Set(specs.flatMap(({ name, purpose }) => (purpose === 'optimizer' ? name : [])));
  return new Map([...state].filter(([name]) => !own.has(name)));
}

/** Undefined for what is none, or has no place among the whole numbers. */
function wholeNumber(text: string): number | undefined {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

function noStep(text: string): Diagnostic {
  return {
    code: 'weights.file-mismatch',
    severity: 'error',
    message: `The weights file cannot be read: its step is “${text.slice(0, 30)}”, which is not a whole number from 0.`,
    hint: 'It is in the metadata of the file.',
  };
}

function mismatch(severity: 'error' | 'warning', misfits: readonly Misfit[]): Diagnostic {
  const more = misfits.length - NAMED_AT_MOST;
  const listed =
    misfits.slice(0, NAMED_AT_MOST).map(misfitSentence).join('; ') +
    (more > 0 ? `; and ${more} more` : '');
  return {
    code: 'weights.file-mismatch',
    severity,
    message:
      severity === 'error'
        ? `The weights do not fit the graph: ${listed}.`
        : `Part of the weights was left out: ${listed}.`,
    hint: 'Weights fit the document that they were trained with.',
  };
}
