import { defined } from '../../../core/invariant';
import { elementCount, sameShape, type Shape, type Value } from '../../../ir/types';
import { accessOf, isView, stridedAccessOf, type Access } from './access';
import { loopKind } from './loopKind';

/** Loops around one body: every value in it is computed for each element of `space`, or reduces over it. */
export interface Nest {
  readonly space: Shape;
  /** In an order in which operands come before their uses. */
  readonly values: readonly Value[];
  /** Those of `values` that others read from memory. */
  readonly stored: ReadonlySet<Value>;
  readonly accessOf: (operand: Value) => Access;
}

/** A matrix product and how it reaches its operands. */
export interface ProductStep {
  readonly product: Value<'dot'>;
  readonly left: Access;
  readonly right: Access;
}

export type LoopStep = Nest | ProductStep;

/** Nests and products that run one after the other in one call. */
export interface Loops {
  readonly steps: readonly LoopStep[];
  /** What is read that other work has made, and what is made that other work reads. */
  readonly reads: readonly Value[];
  readonly writes: readonly Value[];
}

export type Work =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'loops'; readonly loops: Loops };

/** What work is made for: the values' own block, what outlives it, and what is there before it. */
export interface FusionScope {
  /** Ids that are read after the block, or by others than its values. */
  readonly roots: ReadonlySet<number>;
  /** Ids of values that never change: they are in memory, but views of them can be seen through. */
  readonly fixed: ReadonlySet<number>;
  /** Whether loops are to compute a product; else a kernel does. */
  readonly takesProduct: (value: Value<'dot'>) => boolean;
}

interface OpenNest {
  readonly space: Shape;
  readonly values: Value[];
  /** Ids of what its values read, in memory or from each other. */
  readonly sources: Set<number>;
}

type Item = { readonly nest: OpenNest } | ProductStep | { readonly value: Value };

/** From this many elements on, values share a nest only when they share what they read. */
const SMALL_SPACE = 2048;
/** More values in a body than this would not stay in registers; more streams than this not in the cache. */
const MOST_VALUES = 48;
const MOST_SOURCES = 24;

function spaceOf(value: Value): Shape {
  return value.kind === 'reduce'
    ? defined(value.operands[0], 'operand of a reduction').shape
    : value.shape;
}

/**
 * Orders `values` (operands before uses) as kernels and fused loops. From the last value to the first, each goes into
 * the latest nest over the same space that its uses allow: so what is cheap to recompute is made where it is used,
 * and several results of one pass over memory share it. Values that only views show are left out.
 */
export function fuse(values: readonly Value[], scope: FusionScope): Work[] {
  const { roots, fixed } = scope;
  const local = new Set(values.map(({ id }) => id));
  const mayPass = (view: Value): boolean =>
    isView(view) && (local.has(view.id) || fixed.has(view.id));
  const accesses = new Map<Value, Access>();
  const access = (operand: Value): Access => {
    const known = accesses.get(operand) ?? accessOf(operand, mayPass);
    accesses.set(operand, known);
    return known;
  };

  /** From the last item to the first. */
  const items: Item[] = [];
  const inputs: Item[] = [];
  const placed = new Map<number, Item>();
  /** The latest place that the uses of a value allow, counted from the end. */
  const limits = new Map<number, number>([...roots].map((id) => [id, 0]));
  const stored = new Set<number>(roots);
  const need = ({ id }: Value, limit: number): void => {
    limits.set(id, Math.max(limit, limits.get(id) ?? 0));
  };
  const isInside = ({ source, same }: Access): boolean =>
    same && local.has(source.id) && loopKind(source) === 'elementwise';

  for (const value of [...values].reverse()) {
    const limit = limits.get(value.id);
    if (limit === undefined) continue;
    if (loopKind(value) === null) {
      const item = productOf(value, scope, mayPass) ?? { value };
      (value.kind === 'input' ? inputs : items).push(item);
      placed.set(value.id, item);
      for (const source of sourcesOf(item, access)) {
        need(source, items.length);
        stored.add(source.id);
      }
      continue;
    }
    const reads = value.operands.map(access).filter(({ source }) => source.kind !== 'constant');
    const sources = reads.map(({ source }) => source.id);
    const index = placeOf(items, value, sources, limit);
    const { nest } = items[index] as { readonly nest: OpenNest };
    nest.values.unshift(value);
    for (const id of sources) nest.sources.add(id);
    placed.set(value.id, defined(items[index], 'item'));
    for (const read of reads) {
      need(read.source, isInside(read) ? index : index + 1);
      if (!isInside(read)) stored.add(read.source.id);
    }
  }
  // What another nest reads is in memory too.
  for (const item of items) {
    for (const source of sourcesOf(item, access)) {
      if (placed.get(source.id) !== item) stored.add(source.id);
    }
  }
  return joinRuns([...items, ...inputs].reverse(), stored, roots, access);
}

/** Index of the nest that takes a value, a new one when none fits. */
function placeOf(items: Item[], value: Value, sources: readonly number[], limit: number): number {
  const space = spaceOf(value);
  const isSmall = elementCount(space) < SMALL_SPACE;
  for (let index = limit; index < items.length; index++) {
    const item = items[index];
    if (!item || !('nest' in item)) continue;
    const { nest } = item;
    if (!sameShape(nest.space, space) || nest.values.length >= MOST_VALUES) continue;
    const added = sources.filter((id) => !nest.sources.has(id)).length;
    if (nest.sources.size + added > MOST_SOURCES) continue;
    if (isSmall || nest.sources.has(value.id) || added < sources.length) return index;
  }
  items.push({ nest: { space, values: [], sources: new Set() } });
  return items.length - 1;
}

/** The step of a product that loops compute, or null. */
function productOf(
  value: Value,
  { takesProduct }: FusionScope,
  mayPass: (view: Value) => boolean,
): ProductStep | null {
  if (value.kind !== 'dot' || !takesProduct(value as Value<'dot'>)) return null;
  const [left, right] = value.operands.map((operand) => stridedAccessOf(operand, mayPass));
  if (!left || !right) return null;
  if (left.source.kind === 'constant' || right.source.kind === 'constant') return null;
  return { product: value as Value<'dot'>, left, right };
}

/** What an item reads in memory, or in its own body; constants too. */
function sourcesOf(item: Item, access: (operand: Value) => Access): Value[] {
  if ('value' in item) return [...item.value.operands];
  if ('product' in item) return [item.left.source, item.right.source];
  return item.nest.values.flatMap(({ operands }) =>
    operands.map((operand) => access(operand).source),
  );
}

function madeBy(item: Item): readonly Value[] {
  if ('value' in item) return [item.value];
  return 'product' in item ? [item.product] : item.nest.values;
}

function joinRuns(
  items: readonly Item[],
  stored: ReadonlySet<number>,
  roots: ReadonlySet<number>,
  access: (operand: Value) => Access,
): Work[] {
  const runs: Item[][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    const follows = last?.[0] !== undefined && !('value' in last[0]) && !('value' in item);
    if (last && follows) last.push(item);
    else runs.push([item]);
  }
  const readers = new Map<Value, Set<Item[]>>();
  for (const run of runs) {
    for (const source of run.flatMap((item) => sourcesOf(item, access))) {
      readers.set(source, (readers.get(source) ?? new Set()).add(run));
    }
  }
  return runs.map((run): Work => {
    const [first] = run;
    if (first && 'value' in first) return { kind: 'value', value: first.value };
    const made = new Set(run.flatMap(madeBy));
    const sources = new Set(run.flatMap((item) => sourcesOf(item, access)));
    const reads = [...sources].filter((s) => s.kind !== 'constant' && !made.has(s));
    const isOutside = (value: Value): boolean =>
      roots.has(value.id) || [...(readers.get(value) ?? [])].some((reader) => reader !== run);
    const steps = run.flatMap((item): LoopStep[] => {
      if ('value' in item) return [];
      if ('product' in item) return [item];
      const { space, values } = item.nest;
      const kept = new Set(values.filter(({ id }) => stored.has(id)));
      return [{ space, values, stored: kept, accessOf: access }];
    });
    return { kind: 'loops', loops: { steps, reads, writes: [...made].filter(isOutside) } };
  });
}
