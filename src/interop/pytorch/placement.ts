import type { AnyValue, Value } from '../../ir/types';
import type { BatchSizes } from './extents';
import type { Trace } from './trace';

/**
 * Which rows of the batch a process has of a value: its own, along an axis; those of all processes; or no rows at all, as of
 * a weight, or of a number that is the same for all rows.
 */
export type Placement =
  { readonly of: 'none' } | { readonly of: 'own'; readonly axis: number } | { readonly of: 'all' };

export const NONE: Placement = { of: 'none' };
export const ALL: Placement = { of: 'all' };

/** Places every value: each row is computed where it is, and what mixes rows is computed by everyone from all of them. */
export function placeValues(trace: Trace, sizes: BatchSizes): (value: Value) => Placement {
  const places = new Map<number, Placement>();
  const rowAxes = (value: Value): number[] =>
    sizes.extents(value).flatMap(({ perBatch }, axis) => (perBatch > 0 ? [axis] : []));
  const placeOf = (value: Value): Placement => places.get(value.id) ?? NONE;
  const operandPlaces = (value: Value): Placement[] => value.operands.map(placeOf);
  const byShape = (value: Value): Placement => {
    const axes = rowAxes(value);
    const [axis] = axes;
    return axis === undefined ? NONE : axes.length === 1 ? { of: 'own', axis } : ALL;
  };
  /** As the operands are: own rows win over all of them, since from all one's own can be taken. */
  const joined = (value: Value): Placement => {
    const found = operandPlaces(value).filter((place) => place.of !== 'none');
    if (found.length === 0) return NONE;
    const own = found.flatMap((place) => (place.of === 'own' ? [place.axis] : []));
    const [axis] = own;
    if (axis === undefined || own.some((other) => other !== axis)) return ALL;
    return rowAxes(value).length === 1 ? { of: 'own', axis } : ALL;
  };
  const moved = (value: Value, to: (axis: number) => number | null): Placement => {
    const [place = NONE] = operandPlaces(value);
    if (place.of !== 'own') return place;
    const axis = to(place.axis);
    return axis === null ? ALL : { of: 'own', axis };
  };
  const place = (value: Value): Placement => {
    const any = value as AnyValue;
    switch (any.kind) {
      case 'input':
        return rowAxes(any).length > 0 ? ALL : NONE;
      case 'constant':
      case 'literal':
      case 'iteration':
        return NONE;
      case 'sampleRows':
      case 'random':
      case 'carried':
      case 'repeatResult':
        return byShape(any);
      case 'iota':
        return rowAxes(any).includes(any.attributes.axis) ? byShape(any) : NONE;
      case 'unary':
      case 'binary':
      case 'compare':
      case 'select':
      case 'cast':
      case 'stopGradient':
        return joined(any);
      case 'reshape':
        return moved(any, (axis) => reshapedAxis(any, axis, sizes));
      case 'transpose':
        return moved(any, (axis) => any.attributes.permutation.indexOf(axis));
      case 'broadcast':
        // Rows of a value that is repeated over rows are the same: it has none of its own.
        return moved(any, (axis) => any.attributes.axes[axis] ?? null);
      case 'slice':
      case 'pad': {
        const [operand] = any.operands;
        if (operand && placeOf(operand).of === 'none') return byShape(any).of === 'own' && any.kind === 'slice' ? byShape(any) : rowAxes(any).length > 0 ? ALL : NONE; // prettier-ignore
        return moved(any, (axis) => (operand?.shape[axis] === any.shape[axis] ? axis : null));
      }
      case 'concat': {
        const along = operandPlaces(any).some(
          (at) => at.of === 'all' || (at.of === 'own' && at.axis === any.attributes.axis),
        );
        return along ? ALL : joined(any);
      }
      case 'reduce':
      case 'argReduce': {
        const gone = any.kind === 'reduce' ? any.attributes.axes : [any.attributes.axis];
        const [before = NONE] = operandPlaces(any);
        if (before.of !== 'own') return rowAxes(any).length > 0 ? before : NONE;
        if (gone.includes(before.axis)) return NONE;
        const { axis } = before;
        return { of: 'own', axis: axis - gone.filter((other) => other < axis).length };
      }
      case 'dot':
        return placeDot(any, operandPlaces(any), rowAxes(any).length);
      case 'conv2d':
      case 'conv2dInputGradient': {
        const [x = NONE, filter = NONE] = operandPlaces(any);
        return filter.of === 'none' ? x : ALL;
      }
      case 'conv2dFilterGradient':
        return NONE;
      case 'gather': {
        const [table = NONE, indices = NONE] = operandPlaces(any);
        if (table.of !== 'none') return ALL;
        return indices;
      }
      case 'scatterAdd':
        return rowAxes(any).length > 0 ? ALL : NONE;
    }
  };
  const values = trace.phases.flatMap((phase) =>
    phase.kind === 'block'
      ? phase.values
      : [...phase.values, ...phase.carried.map(({ result }) => result)],
  );
  // Repeated values have their places by their shapes, so that one pass is enough.
  for (const value of values)
    places.set(value.id, rowAxes(value).length === 0 ? NONE : place(value));
  return placeOf;
}

/** Where an axis of rows is after a reshape that leaves the rows whole; null where it does not. */
export function reshapedAxis(value: Value, axis: number, sizes: BatchSizes): number | null {
  const [operand] = value.operands;
  if (!operand) return null;
  const before = operand.shape.slice(0, axis).reduce((product, extent) => product * extent, 1);
  let product = 1;
  for (let to = 0; to < value.shape.length; to++) {
    const extent = sizes.extents(value)[to];
    if (product === before && (extent?.perBatch ?? 0) > 0) return extent?.offset === 0 ? to : null;
    product *= value.shape[to] ?? 1;
  }
  return null;
}

function placeDot(
  value: Extract<AnyValue, { kind: 'dot' }>,
  [left = NONE, right = NONE]: readonly Placement[],
  rowAxes: number,
): Placement {
  const rank = value.shape.length;
  if (left.of === 'none' && right.of === 'none') return NONE;
  const inner = contractedAxes(value);
  const parts: (number | 'inner' | 'all' | null)[] = [
    left.of === 'own' ? resultAxis(left.axis, rank, inner[0], 'left') : left.of === 'all' ? 'all' : null, // prettier-ignore
    right.of === 'own' ? resultAxis(right.axis, rank, inner[1], 'right') : right.of === 'all' ? 'all' : null, // prettier-ignore
  ];
  const present = parts.filter((part) => part !== null);
  if (present.includes('all') || rowAxes > 1) return rowAxes > 0 ? ALL : NONE;
  const [first] = present;
  if (present.every((part) => part === 'inner')) return NONE;
  if (present.some((part) => part !== first)) return ALL;
  return typeof first === 'number' ? { of: 'own', axis: first } : ALL;
}

/** The axis of each operand that a product adds up over. */
export function contractedAxes({
  shape: { length: rank },
  attributes: { transposeLeft, transposeRight },
}: Value<'dot'>): [number, number] {
  return [transposeLeft ? rank - 2 : rank - 1, transposeRight ? rank - 1 : rank - 2];
}

function resultAxis(
  axis: number,
  rank: number,
  inner: number,
  side: 'left' | 'right',
): number | 'inner' {
  if (axis === inner) return 'inner';
  if (axis < rank - 2) return axis;
  return side === 'left' ? rank - 2 : rank - 1;
}
