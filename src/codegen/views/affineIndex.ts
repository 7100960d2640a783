import { defined } from '../../core/invariant';
import type { Shape } from '../../ir/types';

interface Axis {
  extent: number;
  stride: number;
}

/** Drops axes of extent 1 and joins neighbours that one stride can walk. Outermost first. */
function mergeAxes(shape: Shape, strides: readonly number[]): Axis[] {
  const axes: Axis[] = [];
  shape.forEach((extent, axis) => {
    const stride = defined(strides[axis], 'stride');
    if (extent === 1) return;
    const outer = axes.at(-1);
    if (outer && outer.stride === stride * extent) {
      outer.extent *= extent;
      outer.stride = stride;
    } else {
      axes.push({ extent, stride });
    }
  });
  return axes;
}

/**
 * u32 expression of offset + Σ coordinate(axis)·stride(axis), the coordinates being those of flat `index`
 * in `shape`. With row-major strides and offset 0 it is `index` itself. A negative offset relies on
 * wrapping, so the whole must not be negative.
 */
export function affineIndex(
  index: string,
  shape: Shape,
  strides: readonly number[],
  offset = 0,
): string {
  const axes = mergeAxes(shape, strides);
  const terms: string[] = [];
  let inner = 1;
  for (let place = axes.length - 1; place >= 0; place--) {
    const { extent, stride } = defined(axes[place], 'axis');
    if (stride !== 0) {
      const shifted = inner === 1 ? index : `${index} / ${inner}u`;
      const coordinate = place === 0 ? shifted : `(${shifted}) % ${extent}u`;
      terms.push(stride === 1 ? coordinate : `(${coordinate}) * ${stride}u`);
    }
    inner *= extent;
  }
  if (offset > 0 || terms.length === 0) terms.push(`${offset}u`);
  const sum = terms.reverse().join(' + ');
  return offset < 0 ? `${sum} - ${-offset}u` : sum;
}

/** True when `affineIndex` would give `index` itself. */
export function isIdentityIndex(shape: Shape, strides: readonly number[], offset = 0): boolean {
  const axes = mergeAxes(shape, strides);
  return offset === 0 && (axes.length === 0 || (axes.length === 1 && axes[0]?.stride === 1));
}

/** u32 expression of the coordinate of flat `index` along `axis`. */
export function coordinate(index: string, shape: Shape, axis: number): string {
  const inner = shape.slice(axis + 1).reduce((product, extent) => product * extent, 1);
  const outer = shape.slice(0, axis).reduce((product, extent) => product * extent, 1);
  const shifted = inner === 1 ? index : `(${index} / ${inner}u)`;
  return outer === 1 ? shifted : `(${shifted} % ${defined(shape[axis], 'extent')}u)`;
}
