import type { Patch } from 'immer';

/** The patches of one step and their inverses, each in the order in which they are applied. */
export interface PatchPair {
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/**
 * One step out of two that follow each other. Where both only write fields (a drag, a slider, typing), the last value
 * and the first are all that is needed: a long gesture costs no more than a short one.
 */
export function mergePatches(earlier: PatchPair, later: PatchPair): PatchPair {
  if (samePlaces(earlier.patches, later.patches)) {
    return { patches: later.patches, inverse: earlier.inverse };
  }
  return (
    overwrite(earlier, later) ?? {
      patches: [...earlier.patches, ...later.patches],
      inverse: [...later.inverse, ...earlier.inverse],
    }
  );
}

/** Both lists replace the same values in the same order, as the moves of one drag mostly do. */
function samePlaces(earlier: readonly Patch[], later: readonly Patch[]): boolean {
  const samePlace = (a: Patch, b: Patch | undefined): boolean =>
    b !== undefined &&
    isReplacement(a) &&
    isReplacement(b) &&
    a.path.length === b.path.length &&
    a.path.every((part, depth) => part === b.path[depth]);
  return (
    earlier.length === later.length &&
    earlier.every((patch, index) => samePlace(patch, later[index]))
  );
}

function overwrite(earlier: PatchPair, later: PatchPair): PatchPair | null {
  if (!earlier.patches.every(writesField) || !later.patches.every(writesField)) return null;
  const merged = new Map(earlier.patches.map((patch) => [pathKey(patch.path), patch]));
  if (merged.size !== earlier.patches.length) return null;
  const parents = new Set(earlier.patches.flatMap(({ path }) => parentsOf(path).map(pathKey)));
  const newPlaces = new Set<string>();
  for (const patch of later.patches) {
    const key = pathKey(patch.path);
    const written = merged.get(key);
    if (written === undefined) {
      if (parents.has(key) || parentsOf(patch.path).some((path) => merged.has(pathKey(path)))) {
        return null;
      }
      newPlaces.add(key);
    }
    merged.set(key, written === undefined ? patch : { ...patch, op: written.op });
  }
  const undone = later.inverse.filter(({ path }) => newPlaces.has(pathKey(path)));
  return { patches: [...merged.values()], inverse: [...undone, ...earlier.inverse] };
}

function isReplacement({ op, path }: Patch): boolean {
  return op === 'replace' && path.at(-1) !== 'length';
}

/** Neither moves the items of a list nor takes a field away. */
function writesField(patch: Patch): boolean {
  return isReplacement(patch) || (patch.op === 'add' && typeof patch.path.at(-1) === 'string');
}

function pathKey(path: Patch['path']): string {
  return JSON.stringify(path);
}

function parentsOf(path: Patch['path']): Patch['path'][] {
  return path.map((_, depth) => path.slice(0, depth));
}

/** Roughly the characters of JSON that the values of the patches hold: what a step costs in memory. */
export function patchWeight({ patches, inverse }: PatchPair): number {
  let weight = 0;
  for (const patch of [...patches, ...inverse]) weight += valueWeight(patch.value);
  return weight;
}

function valueWeight(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 4;
  let weight = 2;
  for (const [key, child] of Object.entries(value)) weight += key.length + valueWeight(child);
  return weight;
}
