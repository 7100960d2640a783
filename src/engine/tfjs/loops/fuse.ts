import { defined } from '../../../core/invariant';
import { elementCount, sameShape, type AnyValue, type Shape, type Value } from '../../../ir/types';
import type { PackMember } from '../packMembers';
import { accessOf, isPacked, isView, stridedAccessOf, type Access, type Views } from './access';
import { joinRuns, sourcesOf, type Item, type OpenNest } from './joinRuns';
import { loopKind } from './loopKind';
import { operandsIn, type OtherStep, type Work } from './steps';

/** What work is made for: the values' own block, what outlives it, and what is there before it. */
export interface FusionScope {
  /** Ids that are read after the block, or by others than its values. */
  readonly roots: ReadonlySet<number>;
  /** Ids of values that never change: they are in memory, but views of them can be seen through. */
  readonly fixed: ReadonlySet<number>;
  /** State arrays that are part of others, by name. */
  readonly members: ReadonlyMap<string, PackMember>;
  /** Whether loops are to compute a product or a convolution; else a kernel does. */
  readonly takes: (value: Value) => boolean;
}

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
  const { roots } = scope;
  const local = new Set(values.map(({ id }) => id));
  const views = viewsOf(values, local, scope);
  const accesses = new Map<Value, Access>();
  const access = (operand: Value): Access => {
    const known = accesses.get(operand) ?? accessOf(operand, views);
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
    if (loopKind(value) === null && !isCopied(value, access(value))) {
      const item = stepOf(value, scope, views) ?? { value };
      (value.kind === 'input' ? inputs : items).push(item);
      placed.set(value.id, item);
      for (const source of sourcesOf(item, access)) {
        need(source, items.length);
        stored.add(source.id);
      }
      continue;
    }
    const reads = operandsIn(value)
      .map(access)
      .filter(({ source }) => source.kind !== 'constant');
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

/** Whether a view that must be in memory is copied there by a loop: along rows, as a loop reads them. */
function isCopied(value: Value, { source, strides }: Access): boolean {
  if (!isView(value) || value.kind === 'reshape' || source === value) return false;
  if (source.kind === 'constant') return false;
  const inner = value.shape.findLastIndex((extent) => extent !== 1);
  return inner < 0 || (strides[inner] ?? 0) <= 1;
}

function viewsOf(
  values: readonly Value[],
  local: ReadonlySet<number>,
  { fixed, members }: FusionScope,
): Views {
  const states = new Map<string, Value>();
  for (const value of values as readonly AnyValue[]) {
    if (value.kind === 'input' && value.attributes.role === 'state') {
      states.set(value.attributes.name, value);
    }
  }
  return {
    mayPass: (view) => isView(view) && (local.has(view.id) || fixed.has(view.id)),
    packed: (input) => {
      const any = input as AnyValue;
      if (any.kind !== 'input' || any.attributes.role !== 'state') return null;
      const member = members.get(any.attributes.name);
      const pack = member && states.get(member.pack);
      return pack ? { pack, start: member.start } : null;
    },
  };
}

/** The step by which loops compute what is no body of a nest, or null when a kernel does. */
function stepOf(value: Value, { takes }: FusionScope, views: Views): OtherStep | null {
  const any = value as AnyValue;
  const accesses = any.operands.map((operand) => stridedAccessOf(operand, views));
  if (accesses.some(({ source }) => source.kind === 'constant')) return null;
  const arePacked = any.operands.every(({ shape }, index) =>
    isPacked(shape, defined(accesses[index], 'access')),
  );
  const [left, right] = accesses;
  switch (any.kind) {
    case 'concat':
      return arePacked ? { concat: any, parts: accesses } : null;
    case 'dot':
      return takes(any) && left && right ? { product: any, left, right } : null;
    case 'conv2d':
    case 'conv2dInputGradient':
    case 'conv2dFilterGradient': {
      const isCut = any.attributes.padding.flat().some((width) => width < 0);
      if (!takes(any) || !arePacked || isCut || !left || !right) return null;
      return { convolution: any, left, right };
    }
    default:
      return null;
  }
}
