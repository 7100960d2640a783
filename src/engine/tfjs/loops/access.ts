import { defined } from '../../../core/invariant';
import { rowMajorStrides } from '../../../ir/strides';
import type { AnyValue, OpKind, Shape, Value } from '../../../ir/types';

/** How a loop over a value's elements reaches an operand: views are seen through. */
export interface Access {
  /** What is in memory, or the constant. */
  readonly source: Value;
  /** Elements to move on along each axis of the loop. */
  readonly strides: readonly number[];
  readonly offset: number;
  /** Whether element i of the loop is element i of the source, axis by axis. */
  readonly same: boolean;
}

/** What may be seen through. */
export interface Views {
  /** Whether a view may be followed to what it shows. */
  mayPass(view: Value): boolean;
  /** Where an input lies in a larger one, in elements, when it does. */
  packed(input: Value): { readonly pack: Value; readonly start: number } | null;
}

/** Where the axes of a loop are in a value: an axis of it, or null where it repeats. */
interface Place {
  readonly value: Value;
  readonly axes: readonly (number | null)[];
  readonly starts: readonly number[];
}

/**
 * Follows views from an operand of a loop to what they show. Stops at what may not be passed, and at what is no
 * view. Loops read neighbours four at a time, so transposes, and then slices such as one column of a matrix, are
 * followed only where neighbours stay neighbours: else a kernel copies.
 */
export function accessOf(operand: Value, views: Views): Access {
  const inner = operand.shape.findLastIndex((extent) => extent !== 1);
  const without = (kinds: readonly OpKind[]): Access =>
    follow(operand, {
      ...views,
      mayPass: (view) => !kinds.includes(view.kind) && views.mayPass(view),
    });
  const isNear = ({ strides }: Access): boolean => inner < 0 || (strides[inner] ?? 0) <= 1;
  return [[], ['transpose'] as const].map(without).find(isNear) ?? without(['transpose', 'slice']);
}

function follow(operand: Value, views: Views): Access {
  const { mayPass } = views;
  let place: Place = {
    value: operand,
    axes: operand.shape.map((_, axis) => axis),
    starts: operand.shape.map(() => 0),
  };
  let layout = operand.shape;
  for (;;) {
    if (place.value.kind === 'constant' || !mayPass(place.value)) break;
    const shown = defined(place.value.operands[0] ?? place.value, 'operand of a view');
    if (place.value.kind === 'reshape') {
      // What is reshaped lies in memory as it is; a view, once it has been copied.
      place = { ...place, value: shown };
      return accessFrom(place, layout, false, views);
    }
    const next = stepInto(place, shown);
    if (!next) break;
    place = next;
    layout = shown.shape;
  }
  const same =
    place.axes.every((axis, index) => axis === index) && layout.length === operand.shape.length;
  const isSame = same && layout.every((n, axis) => n === operand.shape[axis]);
  return accessFrom(place, layout, isSame, views);
}

/** As `accessOf`, but for who takes any strides: every transpose is followed. */
export function stridedAccessOf(operand: Value, views: Views): Access {
  return follow(operand, views);
}

/** Whether the elements of an array of that shape lie next to each other, in their order. */
export function isPacked(shape: Shape, { strides }: Access): boolean {
  const packed = rowMajorStrides(shape);
  return shape.every((extent, axis) => extent === 1 || strides[axis] === packed[axis]);
}

export function isView({ kind }: Value): boolean {
  return (
    kind === 'broadcast' ||
    kind === 'transpose' ||
    kind === 'slice' ||
    kind === 'stopGradient' ||
    kind === 'reshape'
  );
}

function stepInto(place: Place, shown: Value): Place | null {
  const view = place.value as AnyValue;
  const remap = (axisOf: (axis: number) => number | null): Place => {
    const axes = place.axes.map((axis) => (axis === null ? null : axisOf(axis)));
    const starts = shown.shape.map((_, axis) => {
      const from = view.shape.findIndex((__, index) => axisOf(index) === axis);
      return from < 0 ? 0 : (place.starts[from] ?? 0);
    });
    return { value: shown, axes, starts };
  };
  switch (view.kind) {
    case 'stopGradient':
      return { ...place, value: shown };
    case 'transpose':
      return remap((axis) => view.attributes.permutation[axis] ?? null);
    case 'broadcast':
      return remap((axis) => {
        const from = view.attributes.axes.indexOf(axis);
        return from < 0 || shown.shape[from] !== view.shape[axis] ? null : from;
      });
    case 'slice':
      return {
        ...place,
        value: shown,
        starts: place.starts.map((start, axis) => start + (view.attributes.start[axis] ?? 0)),
      };
    default:
      return null;
  }
}

function accessFrom(
  { value, axes, starts }: Place,
  layout: Shape,
  same: boolean,
  views: Views,
): Access {
  const packed = views.packed(value);
  const steps = layout.map((_, axis) =>
    layout.slice(axis + 1).reduce((n, extent) => n * extent, 1),
  );
  return {
    source: packed?.pack ?? value,
    strides: axes.map((axis) => (axis === null || layout[axis] === 1 ? 0 : (steps[axis] ?? 0))),
    offset: starts.reduce(
      (sum, start, axis) => sum + start * (steps[axis] ?? 0),
      packed?.start ?? 0,
    ),
    same: same && !packed && starts.every((start) => start === 0),
  };
}
