import { isOptimizerState } from '../compiler/optimizer/optimize';
import { formatShape, sameShape, type Shape, type StateSpec } from '../ir/types';
import type { NamedTensor } from './safetensors';
import type { Numbers } from './tensorTypes';

/**
 * Why an array of a graph is not had from a file: it is not there, has another shape or type of number, or numbers that are not
 * finite. `extra`: it is in the file, and the graph has none of that name.
 */
export interface Misfit {
  readonly name: string;
  readonly kind: 'missing' | 'shape' | 'type' | 'notFinite' | 'extra';
  /** In the graph; absent for what it does not have. */
  readonly wanted?: Shape;
  /** In the file; absent for what is missing there. */
  readonly found?: Shape;
}

export interface MatchedArrays {
  /** What fits by name, shape and type. */
  readonly state: ReadonlyMap<string, Numbers>;
  readonly misfits: readonly Misfit[];
  /** Nothing that the graph has is missing, the optimizer's arrays among it. */
  readonly isWhole: boolean;
}

/**
 * Arrays of a file laid against those of a graph. What only training keeps, and probes, may be missing, and nothing is said of the
 * optimizer's: it goes on as far as they fit.
 */
export function matchArrays(
  tensors: ReadonlyMap<string, NamedTensor>,
  specs: readonly StateSpec[],
): MatchedArrays {
  const state = new Map<string, Numbers>();
  const misfits: Misfit[] = [];
  for (const spec of specs) {
    const { name, shape, purpose } = spec;
    const tensor = tensors.get(name);
    if (tensor === undefined) {
      const isNeeded = purpose === 'weight' || purpose === 'model';
      if (isNeeded) misfits.push({ name, kind: 'missing', wanted: shape });
      continue;
    }
    const kind = misfitOf(tensor, spec);
    if (kind === null) state.set(name, tensor.values);
    else if (purpose !== 'optimizer')
      misfits.push({ name, kind, wanted: shape, found: tensor.shape });
  }
  const known = new Set(specs.map(({ name }) => name));
  for (const { name, shape } of tensors.values()) {
    if (!known.has(name) && !isOptimizerState(name))
      misfits.push({ name, kind: 'extra', found: shape });
  }
  return { state, misfits, isWhole: state.size === specs.length };
}

function misfitOf({ shape, values }: NamedTensor, spec: StateSpec): Misfit['kind'] | null {
  if (!sameShape(shape, spec.shape)) return 'shape';
  if (values instanceof Int32Array === (spec.dtype === 'f32')) return 'type';
  return values.every((value) => Number.isFinite(value)) ? null : 'notFinite';
}

/** As it stands in a sentence. */
export function misfitSentence({ name, kind, wanted = [], found = [] }: Misfit): string {
  switch (kind) {
    case 'missing':
      return `“${name}” is missing`;
    case 'shape':
      return `“${name}” is ${formatShape(found)} where the graph has ${formatShape(wanted)}`;
    case 'type':
      return `“${name}” has another type of number than the graph`;
    case 'notFinite':
      return `“${name}” holds numbers that are not finite`;
    case 'extra':
      return `the graph has no “${name}”`;
  }
}
