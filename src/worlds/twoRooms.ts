/**
 * Two rooms with a door between them, and a dot in one of them. This is the world itself, in float64: data is drawn from
 * it, and what is planned with a model of it can be tried in it.
 */
export interface TwoRooms {
  /** Height and width in pixels. Places are those of pixel centres: 0 is the first, size − 1 the last. */
  readonly size: number;
  /** The column of the wall, which is one pixel wide. */
  readonly wall: number;
  /** The row in the middle of the door. */
  readonly door: number;
  /** The door is open for so many rows to either side of its middle. */
  readonly doorHalfSize: number;
}

/** A place in the world, or a way from one place to another: columns to the right and rows down. */
export interface Vector {
  readonly x: number;
  readonly y: number;
}

interface Rectangle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const HALF_PIXEL = 0.5;

/** One who is this close to an edge stands at it: places may come from float32. */
const ROUNDING = 1e-4;

/** The two parts of the wall, above the door and below it. */
function wallParts({ wall, door, doorHalfSize }: TwoRooms): readonly Rectangle[] {
  const columns = { left: wall - HALF_PIXEL, right: wall + HALF_PIXEL };
  const opening = doorHalfSize + HALF_PIXEL;
  return [
    { ...columns, top: -Infinity, bottom: door - opening },
    { ...columns, top: door + opening, bottom: Infinity },
  ];
}

/** Whether a place is within the borders and not in the wall. Both may be touched. */
export function isFree(world: TwoRooms, { x, y }: Vector): boolean {
  const last = world.size - 1;
  return (
    Math.min(x, y) >= 0 &&
    Math.max(x, y) <= last &&
    !wallParts(world).some(
      ({ left, right, top, bottom }) => x > left && x < right && y > top && y < bottom,
    )
  );
}

/**
 * Where a step from a free place ends: straight ahead, and only as far as the first border or part of the wall on the way. The
 * dot does not slide along what stops it.
 */
export function simulate(world: TwoRooms, from: Vector, step: Vector): Vector {
  const last = world.size - 1;
  // What is left of the borders is free, so they are walls without end.
  const borders: readonly Rectangle[] = [
    { left: -Infinity, right: 0, top: -Infinity, bottom: Infinity },
    { left: last, right: Infinity, top: -Infinity, bottom: Infinity },
    { left: -Infinity, right: Infinity, top: -Infinity, bottom: 0 },
    { left: -Infinity, right: Infinity, top: last, bottom: Infinity },
  ];
  let stop: Contact | null = null;
  for (const obstacle of [...borders, ...wallParts(world)]) {
    const met = contact(from, step, obstacle);
    if (met && (!stop || met.time < stop.time)) stop = met;
  }
  if (!stop) return { x: from.x + step.x, y: from.y + step.y };
  const reached = { x: from.x + stop.time * step.x, y: from.y + stop.time * step.y };
  // On the edge itself, not a rounding error inside of it.
  return { ...reached, [stop.axis]: stop.edge };
}

interface Contact {
  /** The part of the step that is made, 0 to 1. */
  readonly time: number;
  /** What was met is an edge across this axis, at this place. */
  readonly axis: 'x' | 'y';
  readonly edge: number;
}

/**
 * Where a step enters the inside of a rectangle, or null: the latest of the times at which it is between the edges of each axis (Liang
 * and Barsky 1984). One who stands at an edge and goes along it or away enters nothing.
 */
function contact(
  from: Vector,
  step: Vector,
  { left, right, top, bottom }: Rectangle,
): Contact | null {
  const across = passage(from.x, step.x, left, right);
  const down = passage(from.y, step.y, top, bottom);
  if (!across || !down) return null;
  const [axis, { enter, edge }] =
    across.enter >= down.enter ? (['x', across] as const) : (['y', down] as const);
  const isMet = enter >= 0 && enter < 1 && enter < Math.min(across.leave, down.leave);
  return isMet ? { time: enter, axis, edge } : null;
}

/** When a place that moves by `step` is between two edges, and the edge by which it comes in; null if never. */
function passage(
  place: number,
  step: number,
  low: number,
  high: number,
): { enter: number; leave: number; edge: number } | null {
  if (step === 0) {
    return place > low && place < high ? { enter: -Infinity, leave: Infinity, edge: low } : null;
  }
  const [edge, far] = step > 0 ? [low, high] : [high, low];
  const ahead = Math.abs(edge - place) < ROUNDING ? 0 : edge - place;
  return { enter: ahead / step, leave: (far - place) / step, edge };
}

/** The brightness of a dot of deviation `blob` at `place`, seen at a pixel: e^{−r²/2σ²}. */
export function dotBrightness(place: Vector, blob: number, column: number, row: number): number {
  return Math.exp(-((column - place.x) ** 2 + (row - place.y) ** 2) / (2 * blob ** 2));
}

/** Whether a pixel shows the wall. */
export function isWall(
  { wall, door, doorHalfSize }: TwoRooms,
  column: number,
  row: number,
): boolean {
  return column === wall && Math.abs(row - door) > doorHalfSize;
}

/** From pixels to −1 at the first and 1 at the last one. */
export function toUnits(size: number, place: number): number {
  return (2 * place) / (size - 1) - 1;
}
