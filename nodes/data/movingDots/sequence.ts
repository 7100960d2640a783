import type { RandomStream } from '../../../src/core/random';
import type { MovingDotsParams } from './parameters';

/** Where one sequence is written: its part of the data set's columns. */
export interface SequenceTarget {
  /** `[T, H, W, 1]`. */
  readonly frames: Float32Array;
  /** `[T, 2]`: (x, y), from −1 at the left and top pixel to 1 at the right and bottom one. */
  readonly position: Float32Array;
}

interface Motion {
  readonly x: number;
  readonly y: number;
  readonly heading: number;
}

/**
 * Place of a path of any length that bounces between 0 and `length`: the path folded like a ruler.
 * `flipped` says that it runs backwards there.
 */
export function reflect(place: number, length: number): { place: number; flipped: boolean } {
  const period = 2 * length;
  const phase = ((place % period) + period) % period;
  return phase <= length
    ? { place: phase, flipped: false }
    : { place: period - phase, flipped: true };
}

/** One step straight ahead with reflection at the borders, pixel centres 0..size − 1. */
function advance({ x, y, heading }: Motion, speed: number, size: number): Motion {
  const across = reflect(x + speed * Math.cos(heading), size - 1);
  const down = reflect(y + speed * Math.sin(heading), size - 1);
  const horizontal = Math.cos(heading) * (across.flipped ? -1 : 1);
  const vertical = Math.sin(heading) * (down.flipped ? -1 : 1);
  return { x: across.place, y: down.place, heading: Math.atan2(vertical, horizontal) };
}

/** Draws one sequence: a blob that starts anywhere, with one speed and a heading that wanders. */
export function drawSequence(
  random: RandomStream,
  params: MovingDotsParams,
  { frames, position }: SequenceTarget,
): void {
  const { length, size, speed: largestSpeed, turnNoise } = params;
  const speed = largestSpeed * random.uniform();
  let motion: Motion = {
    x: (size - 1) * random.uniform(),
    y: (size - 1) * random.uniform(),
    heading: 2 * Math.PI * random.uniform(),
  };
  let background = drawBackground(random, params);
  for (let time = 0; time < length; time++) {
    if (time > 0) {
      motion = advance(motion, speed, size);
      motion = { ...motion, heading: motion.heading + turnNoise * random.normal() };
      if (params.background === 'changing') background = drawBackground(random, params);
    }
    position[2 * time] = (2 * motion.x) / (size - 1) - 1;
    position[2 * time + 1] = (2 * motion.y) / (size - 1) - 1;
    const pixels = size * size;
    drawFrame(frames.subarray(time * pixels, (time + 1) * pixels), motion, params, background);
  }
}

function drawBackground(random: RandomStream, params: MovingDotsParams): Float32Array | null {
  const { background, backgroundStrength, size } = params;
  if (background === 'none') return null;
  return Float32Array.from({ length: size * size }, () => backgroundStrength * random.uniform());
}

/** e^{−r²/2σ²} at distance r from the dot, on top of the background. */
function drawFrame(
  pixels: Float32Array,
  { x, y }: Motion,
  { size, blob }: MovingDotsParams,
  background: Float32Array | null,
): void {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const index = row * size + column;
      const squaredDistance = (column - x) ** 2 + (row - y) ** 2;
      pixels[index] = Math.exp(-squaredDistance / (2 * blob ** 2)) + (background?.[index] ?? 0);
    }
  }
}
