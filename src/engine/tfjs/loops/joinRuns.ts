import type { Shape, Value } from '../../../ir/types';
import type { Access } from './access';
import { madeByStep, operandsIn, type LoopStep, type OtherStep, type Work } from './steps';

/** A nest that values are still put into. */
export interface OpenNest {
  readonly space: Shape;
  readonly values: Value[];
  /** Ids of what its values read, in memory or from each other. */
  readonly sources: Set<number>;
}

/** What is done at once: by loops, or by a kernel. */
export type Item = { readonly nest: OpenNest } | OtherStep | { readonly value: Value };

/** What an item reads in memory, or in its own body; constants too. */
export function sourcesOf(item: Item, access: (operand: Value) => Access): Value[] {
  if ('value' in item) return [...item.value.operands];
  if ('concat' in item) return item.parts.map(({ source }) => source);
  if (!('nest' in item)) return [item.left.source, item.right.source];
  return item.nest.values.flatMap((value) =>
    operandsIn(value).map((operand) => access(operand).source),
  );
}

function madeBy(item: Item): readonly Value[] {
  if ('value' in item) return [item.value];
  return 'nest' in item ? item.nest.values : [madeByStep(item)];
}

/** Joins neighbouring items that loops compute, so that one call does them all. */
export function joinRuns(
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
      if (!('nest' in item)) return [item];
      const { space, values } = item.nest;
      const kept = new Set(values.filter(({ id }) => stored.has(id)));
      return [{ space, values, stored: kept, accessOf: access }];
    });
    return { kind: 'loops', loops: { steps, reads, writes: [...made].filter(isOutside) } };
  });
}
