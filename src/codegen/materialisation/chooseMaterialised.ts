import { defined } from '../../core/invariant';
import { elementCount, type Program, type Value } from '../../ir/types';
import { affineView } from '../views/affineView';
import { inlineCost } from '../wgsl/inlineRules';
import { formOf } from '../wgsl/opForms';
import type { ProgramIndex } from './programIndex';
import { aliasOffset, isFlat, viewMap } from '../views/viewMap';

/**
 * The cost model, in operations. Loading an element from memory is worth about three. A value that is stored costs
 * little more than its stores: it joins the threads that have what it is made of, or works beside others.
 * So an expression of one array up to this cost is made again in each kernel that uses it,
 */
const CHEAP_COST = 3;
/** and one of indices and constants alone up to this. */
const CHEAP_INDEX_COST = 8;
const COST_CAP = 1e6;
/** A concatenation of more parts is written part by part: its operands may take a binding each. */
export const MAX_INLINE_PARTS = 4;

/**
 * Decides which values are materialised: computed by a kernel of their own, into memory. All others are computed inside
 * the kernels that use them. An expression is taken into its consumers' kernel when that is one kernel; it is
 * repeated in several only when it is no more than a view, a constant or an index. Views whose elements lie
 * in memory in order are neither: they are names for a part of their operand. Without `fused` only views,
 * constants and indices are computed where they are used.
 */
export function chooseMaterialised(
  program: Program,
  index: ProgramIndex,
  fused: boolean,
): Set<Value> {
  const costs = inlineCosts(index);
  const stored = valuesToStore(program);
  const materialised = new Set<Value>();
  /** Materialised values in whose kernels a value's code would appear. */
  const users = new Map<Value, ReadonlySet<Value>>();
  /** Values that their consumers ask for more often than they have elements. */
  const repeated = new Set<Value>();

  for (let place = index.values.length - 1; place >= 0; place--) {
    const value = defined(index.values[place], 'value');
    const form = formOf(value.kind);
    if (form === 'source') continue;
    const consumers = index.consumers.get(value) ?? [];
    for (const consumer of consumers) {
      if (!readsFromMemory(consumer, users, materialised)) continue;
      // A view of it is index arithmetic in the product.
      stored.add(
        consumer.kind === 'dot' ? affineView(value, (base) => stored.has(base)).base : value,
      );
    }
    if (stored.has(value) && aliasOffset(value) !== null) {
      stored.add(defined(value.operands[0], 'operand'));
      users.set(value, new Set());
      continue;
    }
    const mine = new Set<Value>();
    for (const consumer of consumers) {
      if (materialised.has(consumer)) mine.add(consumer);
      else users.get(consumer)?.forEach((user) => mine.add(user));
    }
    const used = mine.size > 0 || stored.has(value);
    const isMaterialised =
      stored.has(value) ||
      (used && form === 'kernel') ||
      (form === 'inline' &&
        used &&
        !(fused ? canInline(value, mine, repeated.has(value), index, costs) : isFree(value)));
    if (isMaterialised) materialised.add(value);
    for (const operand of value.operands) {
      if (repeats(value, operand) || (!isMaterialised && repeated.has(value)))
        repeated.add(operand);
    }
    users.set(value, isMaterialised ? new Set([value]) : mine);
  }
  return materialised;
}

/** What the host or the end of a step or an iteration reads. */
function valuesToStore(program: Program): Set<Value> {
  const stored = new Set<Value>([
    ...program.updates.values(),
    ...program.metrics.values(),
    ...program.outputs.values(),
  ]);
  for (const phase of program.phases) {
    if (phase.kind !== 'repeat') continue;
    for (const { initial, next } of phase.carried) stored.add(initial).add(next);
  }
  return stored;
}

/**
 * Products read their operands many times over, so these are computed once, by kernels of their own; parts that lie
 * one behind the other are computed where they are to be.
 */
function readsFromMemory(
  consumer: Value,
  users: ReadonlyMap<Value, ReadonlySet<Value>>,
  materialised: ReadonlySet<Value>,
): boolean {
  if ((users.get(consumer)?.size ?? 0) === 0) return false;
  switch (consumer.kind) {
    case 'concat':
      return materialised.has(consumer) && isFlat(consumer as Value<'concat'>);
    case 'dot':
    case 'conv2d':
    case 'conv2dInputGradient':
    case 'conv2dFilterGradient':
    case 'sampleRows':
      return true;
    default:
      return false;
  }
}

function canInline(
  value: Value,
  users: ReadonlySet<Value>,
  isRepeated: boolean,
  { phaseOf }: ProgramIndex,
  costs: ReadonlyMap<Value, number>,
): boolean {
  if (isFree(value) || isCheapOfIndices(value, costs)) return true;
  if (value.kind === 'concat' && value.operands.length > MAX_INLINE_PARTS) return false;
  const phase = phaseOf.get(value);
  if ([...users].some((user) => phaseOf.get(user) !== phase)) return false;
  if (users.size > 1 && !isCheapOfOne(value, costs)) return false;
  // What many elements share is computed once.
  return !isRepeated;
}

/** An operation or two on one other value: making it again costs less than another kernel and another array. */
function isCheapOfOne(value: Value, costs: ReadonlyMap<Value, number>): boolean {
  const operands = new Set(value.operands.filter(({ kind }) => kind !== 'constant'));
  return operands.size === 1 && (costs.get(value) ?? COST_CAP) <= CHEAP_COST;
}

/** Nothing but indices and constants goes into it, and little work: making it costs less than loading it. */
function isCheapOfIndices(value: Value, costs: ReadonlyMap<Value, number>): boolean {
  return (costs.get(value) ?? COST_CAP) <= CHEAP_INDEX_COST && isOfIndices(value);
}

function isOfIndices(value: Value): boolean {
  const form = formOf(value.kind);
  if (form === 'constant' || value.kind === 'iota') return true;
  return form === 'inline' && value.kind !== 'random' && value.operands.every(isOfIndices);
}

/** Costs no more than loading it would, wherever it is used. */
function isFree(value: Value): boolean {
  return value.kind === 'iota' || viewMap(value) !== null;
}

/** True when a consumer asks for elements of `operand` more often than there are any. */
function repeats(consumer: Value, operand: Value): boolean {
  switch (consumer.kind) {
    case 'scatterAdd':
      return true;
    case 'broadcast':
    case 'random':
    case 'gather':
      return elementCount(consumer.shape) > elementCount(operand.shape);
    default:
      return false;
  }
}

/** Operations for one element of each value if all that can be inlined were: an upper bound. */
function inlineCosts({ values }: ProgramIndex): Map<Value, number> {
  const costs = new Map<Value, number>();
  for (const value of values) {
    if (formOf(value.kind) !== 'inline') continue;
    // Parts that lie one behind the other are stored.
    if (value.kind === 'concat' && isFlat(value as Value<'concat'>)) continue;
    const below = value.operands.reduce((sum, operand) => sum + (costs.get(operand) ?? 0), 0);
    costs.set(value, Math.min(COST_CAP, inlineCost(value) + below));
  }
  return costs;
}
