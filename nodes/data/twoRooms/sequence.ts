import type { RandomStream } from '../../../src/core/random';
import {
  dotBrightness,
  isFree,
  isWall,
  simulate,
  toUnits,
  type TwoRooms,
  type Vector,
} from '../../../src/worlds/twoRooms';
import type { TwoRoomsParams } from './parameters';
import { drawLength, drawVonMises } from './policy';

/** Where one sequence is written: its part of the data set's columns. */
export interface SequenceTarget {
  /** `[T, H, W, 2]`: dot and wall. */
  readonly states: Float32Array;
  /** `[T, 2]`: (x, y) in pixels. Action t leads from state t to state t + 1, the last one out of the sequence. */
  readonly actions: Float32Array;
  /** `[T, 2]`: (x, y), from −1 at the left and top pixel to 1 at the right and bottom one. */
  readonly position: Float32Array;
  /** `[T, 2]`, likewise. */
  readonly distractor: Float32Array;
}

const CHANNELS = 2;

/** The rooms of one sequence. At least one row of wall is left above and below the door. */
export function drawRooms(random: RandomStream, params: TwoRoomsParams): TwoRooms {
  const { size, layout } = params;
  const last = size - 1;
  const doorHalfSize = Math.min(params.doorHalfSize, Math.floor(last / 2) - 1);
  const [first, rows] = [doorHalfSize + 1, last - 1 - 2 * doorHalfSize];
  if (layout === 'fixed') {
    const door = Math.min(Math.max(Math.round(last / 3), first), first + rows - 1);
    return { size, wall: Math.round(last / 2), door, doorHalfSize };
  }
  // The wall is in the middle third, so that both rooms are rooms.
  const third = Math.ceil(size / 3);
  return {
    size,
    wall: third + random.integer(size - 2 * third),
    door: first + random.integer(rows),
    doorHalfSize,
  };
}

function anywhere(random: RandomStream, size: number): Vector {
  return { x: (size - 1) * random.uniform(), y: (size - 1) * random.uniform() };
}

function freePlace(random: RandomStream, world: TwoRooms): Vector {
  for (;;) {
    const place = anywhere(random, world.size);
    if (isFree(world, place)) return place;
  }
}

/** Draws one sequence: from anywhere in the rooms, with a heading that wanders and is drawn anew where something is in the way. */
export function drawSequence(
  random: RandomStream,
  params: TwoRoomsParams,
  target: SequenceTarget,
): void {
  const { length, size, step, stepDeviation, concentration } = params;
  const world = drawRooms(random, params);
  let place = freePlace(random, world);
  let heading = 2 * Math.PI * random.uniform();
  let distractor = anywhere(random, size);
  const numbers = size * size * CHANNELS;
  for (let time = 0; time < length; time++) {
    const frame = target.states.subarray(time * numbers, (time + 1) * numbers);
    drawState(frame, world, place, params.distractor === 'none' ? null : distractor, params.blob);
    target.position.set(inUnits(size, place), 2 * time);
    target.distractor.set(inUnits(size, distractor), 2 * time);

    const pace = Math.max(0, drawLength(random, step, stepDeviation));
    const action = { x: pace * Math.cos(heading), y: pace * Math.sin(heading) };
    target.actions.set([action.x, action.y], 2 * time);
    const next = simulate(world, place, action);
    const missed = Math.hypot(place.x + action.x - next.x, place.y + action.y - next.y);
    heading =
      missed > 0 ? 2 * Math.PI * random.uniform() : heading + drawVonMises(random, concentration);
    place = next;
    if (params.distractor === 'changing') distractor = anywhere(random, size);
  }
}

function inUnits(size: number, { x, y }: Vector): readonly [number, number] {
  return [toUnits(size, x), toUnits(size, y)];
}

function drawState(
  pixels: Float32Array,
  world: TwoRooms,
  place: Vector,
  distractor: Vector | null,
  blob: number,
): void {
  for (let row = 0; row < world.size; row++) {
    for (let column = 0; column < world.size; column++) {
      const index = CHANNELS * (row * world.size + column);
      pixels[index] = dotBrightness(place, blob, column, row);
      const spot = distractor ? dotBrightness(distractor, blob, column, row) : 0;
      pixels[index + 1] = isWall(world, column, row) ? 1 : spot;
    }
  }
}
