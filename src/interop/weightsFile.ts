import type { Diagnostic } from '../core/diagnostic';
import { defined } from '../core/invariant';
import { failure, success, type Result } from '../core/result';
import { formatShape, sameShape, type StateSpec } from '../ir/types';
import { readSafetensors, writeSafetensors, type NamedTensor } from './safetensors';

/** Where weights come from. */
export interface WeightsOrigin {
  /** The number of the next step. */
  readonly step: number;
  readonly seed: number;
  /** Of the document that they were trained with. */
  readonly documentHash: string;
}

type StateArrays = ReadonlyMap<string, Float32Array | Int32Array | Float64Array>;

export interface ReadWeights {
  /** Null where the file does not say. */
  readonly origin: { readonly [K in keyof WeightsOrigin]: WeightsOrigin[K] | null };
  readonly state: ReadonlyMap<string, Float32Array | Int32Array>;
}

const FORMAT = 'basin-weights-1';
const NAMED_AT_MOST = 5;

/**
 * A safetensors file of the given state, under its own names, in the order of `specs`. With the optimizer's state in
 * `specs` a run goes on from the file exactly; without it the file is for evaluation.
 */
export function writeWeights(
  specs: readonly StateSpec[],
  state: StateArrays,
  { step, seed, documentHash }: WeightsOrigin,
): Uint8Array {
  const tensors = specs.map(({ name, shape, dtype }): NamedTensor => {
    const values = defined(state.get(name), `state ${name}`);
    return {
      name,
      shape,
      values: dtype === 'f32' ? Float32Array.from(values) : Int32Array.from(values),
    };
  });
  return writeSafetensors(tensors, {
    format: FORMAT,
    step: String(step),
    seed: String(seed),
    documentHash,
  });
}

/**
 * Reads weights for a graph whose state is `specs`. Trained weights and running statistics must all be there with
 * their shapes; the optimizer's state and that of probes may be missing. Arrays that the graph does not have are reported as a warning,
 * but for those that are `unneeded`. Errors are `weights.file-mismatch`.
 */
export function readWeights(
  bytes: Uint8Array,
  specs: readonly StateSpec[],
  unneeded: (name: string) => boolean = () => false,
): Result<ReadWeights> {
  const file = readSafetensors(bytes);
  if (!file.ok) return file;
  const { tensors, metadata } = file.value;
  const state = new Map<string, Float32Array | Int32Array>();
  const faults: string[] = [];
  for (const { name, shape, dtype, purpose } of specs) {
    const tensor = tensors.get(name);
    if (!tensor) {
      if (purpose === 'weight' || purpose === 'model') faults.push(`“${name}” is missing`);
      continue;
    }
    const isFloat = tensor.values instanceof Float32Array;
    if (!sameShape(tensor.shape, shape)) {
      const found = formatShape(tensor.shape);
      faults.push(`“${name}” is ${found} where the graph has ${formatShape(shape)}`);
    } else if (isFloat !== (dtype === 'f32')) {
      faults.push(`“${name}” has another type of number than the graph`);
    } else if (!tensor.values.every((value) => Number.isFinite(value))) {
      faults.push(`“${name}” holds numbers that are not finite`);
    } else {
      state.set(name, tensor.values);
    }
  }
  if (faults.length > 0) return failure(mismatch('error', faults));
  const known = new Set(specs.map(({ name }) => name));
  const unknown = [...tensors.keys()].filter((name) => !known.has(name) && !unneeded(name));
  const warnings =
    unknown.length === 0
      ? []
      : [
          mismatch(
            'warning',
            unknown.map((name) => `the graph has no “${name}”`),
          ),
        ];
  const origin = {
    step: wholeNumber(metadata['step']),
    seed: wholeNumber(metadata['seed']),
    documentHash: metadata['documentHash'] ?? null,
  };
  return success({ origin, state }, warnings);
}

function wholeNumber(text: string | undefined): number | null {
  const value = text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : null;
}

function mismatch(severity: 'error' | 'warning', faults: readonly string[]): Diagnostic {
  const more = faults.length - NAMED_AT_MOST;
  const listed = faults.slice(0, NAMED_AT_MOST).join('; ') + (more > 0 ? `; and ${more} more` : '');
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
