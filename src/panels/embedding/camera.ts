/** From where points are seen: without perspective, so that lengths in the picture can be compared. */
export interface Camera {
  /** Turn about the vertical axis and then about the horizontal one, in radians; of a plane both are 0. */
  readonly yaw: number;
  readonly pitch: number;
  /** 1: all points are as large as they fit. */
  readonly zoom: number;
  /** In pixels. */
  readonly pan: readonly [number, number];
}

export const FRONT: Camera = { yaw: 0, pitch: 0, zoom: 1, pan: [0, 0] };
/** A little from the side and from above, so that depth is seen. */
export const ASKEW: Camera = { yaw: -0.5, pitch: 0.35, zoom: 1, pan: [0, 0] };

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A box around points, in their own units. */
export interface Extent {
  readonly centre: readonly [number, number, number];
  /** Half its sides; of a space, the radius of a ball, so that nothing leaves the picture when it is turned. */
  readonly half: readonly [number, number, number];
}

/** An affine map from points to pixels, and to a depth from −1 at the back to 1 in front: three rows of four numbers. */
export type Projection = readonly number[];

const MARGIN = 20;
const LEAST_HALF = 1e-9;
const MOST_PITCH = Math.PI / 2;
const ZOOMS = [0.2, 200] as const;

/** `n × 3` places; those of a space are to be turned. */
export function extentOf(places: Float32Array, isSpace: boolean): Extent {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  places.forEach((value, at) => {
    low[at % 3] = Math.min(low[at % 3] ?? 0, value);
    high[at % 3] = Math.max(high[at % 3] ?? 0, value);
  });
  const sides = ([0, 1, 2] as const).map((axis): [number, number] =>
    places.length === 0 ? [0, 0] : [low[axis] ?? 0, high[axis] ?? 0],
  );
  const [x = 0, y = 0, z = 0] = sides.map(([from, to]) => (from + to) / 2);
  const halves = sides.map(([from, to]) => Math.max((to - from) / 2, LEAST_HALF));
  const [across = LEAST_HALF, up = LEAST_HALF] = halves;
  if (!isSpace) return { centre: [x, y, z], half: [across, up, LEAST_HALF] };
  let radius = LEAST_HALF;
  for (let start = 0; start < places.length; start += 3) {
    const [px = x, py = y, pz = z] = places.subarray(start, start + 3);
    radius = Math.max(radius, Math.hypot(px - x, py - y, pz - z));
  }
  return { centre: [x, y, z], half: [radius, radius, radius] };
}

/** The extent before where the new one fits into it and fills it well enough: a picture that keeps its scale can be followed. */
export function steadyExtent(before: Extent | null, now: Extent): Extent {
  if (before === null) return now;
  const isSteady = now.half.every((half, axis) => {
    const room = before.half[axis] ?? 0;
    const shift = Math.abs((now.centre[axis] ?? 0) - (before.centre[axis] ?? 0));
    return half + shift <= 1.05 * room && (half >= 0.6 * room || half <= LEAST_HALF);
  });
  return isSteady ? before : now;
}

/** Pixels of one unit. */
export function pixelsPerUnit({ half }: Extent, { zoom }: Camera, { width, height }: Size): number {
  const [x, y] = half;
  const room = Math.min((width / 2 - MARGIN) / x, (height / 2 - MARGIN) / y);
  return zoom * Math.max(room, 0);
}

export function projection(extent: Extent, camera: Camera, size: Size): Projection {
  const { yaw, pitch, pan } = camera;
  const scale = pixelsPerUnit(extent, camera, size);
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  const rows = [
    [cy, 0, sy],
    [sp * sy, cp, -sp * cy],
    [-cp * sy, sp, cp * cy],
  ] as const;
  const along = (row: 0 | 1 | 2, factor: number, offset: number): number[] => {
    const parts = rows[row].map((part) => factor * part);
    const moved = parts.reduce((sum, part, axis) => sum + part * (extent.centre[axis] ?? 0), 0);
    return [...parts, offset - moved];
  };
  return [
    ...along(0, scale, size.width / 2 + pan[0]),
    ...along(1, -scale, size.height / 2 + pan[1]),
    ...along(2, 1 / Math.max(...extent.half), 0),
  ];
}

/** `n × 3` places to `n × 3`: pixels from the left and from the top, and depth. */
export function projectAll(places: Float32Array, map: Projection): Float32Array {
  const seen = new Float32Array(places.length);
  for (let start = 0; start < places.length; start += 3) {
    const [x = 0, y = 0, z = 0] = places.subarray(start, start + 3);
    for (let row = 0; row < 3; row++) {
      const at = 4 * row;
      seen[start + row] =
        (map[at] ?? 0) * x + (map[at + 1] ?? 0) * y + (map[at + 2] ?? 0) * z + (map[at + 3] ?? 0);
    }
  }
  return seen;
}

/** Nearer or farther, with the point under the pointer staying where it is. */
export function zoomed(
  camera: Camera,
  factor: number,
  [x, y]: readonly [number, number],
  size: Size,
): Camera {
  const zoom = Math.min(ZOOMS[1], Math.max(ZOOMS[0], camera.zoom * factor));
  const ratio = zoom / camera.zoom;
  const [dx, dy] = [x - size.width / 2, y - size.height / 2];
  const [px, py] = camera.pan;
  return { ...camera, zoom, pan: [dx - (dx - px) * ratio, dy - (dy - py) * ratio] };
}

export function panned(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, pan: [camera.pan[0] + dx, camera.pan[1] + dy] };
}

/** By angles in radians. */
export function turned(camera: Camera, across: number, down: number): Camera {
  const pitch = Math.min(MOST_PITCH, Math.max(-MOST_PITCH, camera.pitch + down));
  return { ...camera, yaw: camera.yaw + across, pitch };
}
