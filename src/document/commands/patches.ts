import type { Patch } from 'immer';

/** The patches of one step and their inverses, each in the order in which they are applied. */
export interface PatchPair {
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/**
 * One step out of two that follow each other. A later step that only replaces values which the earlier one replaced
 * already (a drag, a slider) costs no room: the last value and the first are all that is needed.
 */
export function mergePatches(earlier: PatchPair, later: PatchPair): PatchPair {
  const merged = overwrite(earlier.patches, later.patches);
  if (merged !== null) return { patches: merged, inverse: earlier.inverse };
  return {
    patches: [...earlier.patches, ...later.patches],
    inverse: [...later.inverse, ...earlier.inverse],
  };
}

function overwrite(earlier: readonly Patch[], later: readonly Patch[]): readonly Patch[] | null {
  const byPath = new Map(earlier.map((patch) => [pathKey(patch), patch]));
  if (byPath.size !== earlier.length || !earlier.every(isReplacement)) return null;
  for (const patch of later) {
    const key = pathKey(patch);
    if (!isReplacement(patch) || !byPath.has(key)) return null;
    byPath.set(key, patch);
  }
  return [...byPath.values()];
}

function isReplacement(patch: Patch): boolean {
  return patch.op === 'replace';
}

function pathKey(patch: Patch): string {
  return JSON.stringify(patch.path);
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
