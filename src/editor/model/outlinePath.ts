import { TAPER } from './nodeGeometry';
import type { Outline } from './nodeOutline';

type Point = readonly [x: number, y: number];

const RADIUS = 10;
const CHAMFER = 12;
const POINT = 14;

/** The outline of a node as an SVG path in a box of the given size. */
export function outlinePath(outline: Outline, width: number, height: number): string {
  switch (outline) {
    case 'filledCircle':
    case 'openCircle':
    case 'dashedCircle': {
      const r = width / 2;
      return `M0 ${r}A${r} ${r} 0 0 1 ${width} ${r}A${r} ${r} 0 0 1 0 ${r}Z`;
    }
    case 'narrowing':
      return rounded(
        [
          [0, 0],
          [width, TAPER],
          [width, height - TAPER],
          [0, height],
        ],
        RADIUS,
      );
    case 'widening':
      return rounded(
        [
          [0, TAPER],
          [width, 0],
          [width, height],
          [0, height - TAPER],
        ],
        RADIUS,
      );
    case 'pill':
      return rounded(box(width, height), height / 2);
    case 'square':
      return rounded(box(width, height), 2);
    case 'chamfered':
      return rounded(
        [
          [CHAMFER, 0],
          [width - CHAMFER, 0],
          [width, CHAMFER],
          [width, height - CHAMFER],
          [width - CHAMFER, height],
          [CHAMFER, height],
          [0, height - CHAMFER],
          [0, CHAMFER],
        ],
        2,
      );
    case 'pointed':
      return rounded(
        [
          [0, 0],
          [width - POINT, 0],
          [width, height / 2],
          [width - POINT, height],
          [0, height],
        ],
        4,
      );
    case 'paper':
      return rounded(
        [
          [0, 0],
          [width - POINT, 0],
          [width, POINT],
          [width, height],
          [0, height],
        ],
        3,
      );
    case 'straight':
    case 'link':
    case 'lens':
    case 'bar':
      return rounded(box(width, height), RADIUS);
  }
}

function box(width: number, height: number): Point[] {
  return [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
}

/** A polygon whose corners are cut back by `radius` and joined by quadratic curves. */
function rounded(points: readonly Point[], radius: number): string {
  const parts = points.map((corner, index) => {
    const before = points[(index + points.length - 1) % points.length] ?? corner;
    const after = points[(index + 1) % points.length] ?? corner;
    const start = towards(corner, before, radius);
    const end = towards(corner, after, radius);
    return `${index === 0 ? 'M' : 'L'}${pair(start)}Q${pair(corner)} ${pair(end)}`;
  });
  return `${parts.join('')}Z`;
}

function towards([x, y]: Point, [toX, toY]: Point, distance: number): Point {
  const length = Math.hypot(toX - x, toY - y);
  const fraction = length === 0 ? 0 : Math.min(distance, length / 2) / length;
  return [x + (toX - x) * fraction, y + (toY - y) * fraction];
}

function pair([x, y]: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
