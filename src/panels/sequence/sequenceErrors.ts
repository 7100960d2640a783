import type { ReadPlaces, SequenceFrame } from '../../probing/sequence/sequenceFrame';

/** Distances of the decoded places from the true ones, `sequences × steps`; half the width of a picture is 1. */
export function placeErrors({ decoded, truth }: ReadPlaces): Float32Array {
  return Float32Array.from({ length: decoded.length / 2 }, (_, at) => {
    const across = (decoded[2 * at] ?? NaN) - (truth[2 * at] ?? NaN);
    const down = (decoded[2 * at + 1] ?? NaN) - (truth[2 * at + 1] ?? NaN);
    return Math.hypot(across, down);
  });
}

/** The mean over the sequences of each step. */
export function meanOverSequences(
  values: Float32Array,
  { sequences }: Pick<SequenceFrame, 'sequences'>,
): number[] {
  const steps = values.length / sequences;
  return Array.from({ length: steps }, (_, step) => {
    let sum = 0;
    for (let row = 0; row < sequences; row++) sum += values[row * steps + step] ?? NaN;
    return sum / sequences;
  });
}

/** The steps of one sequence. */
export function ofSequence(
  values: Float32Array,
  { sequences }: Pick<SequenceFrame, 'sequences'>,
  sequence: number,
): number[] {
  const steps = values.length / sequences;
  return [...values.subarray(sequence * steps, (sequence + 1) * steps)];
}

/** The newest step of a value that is about `frame` or one before it; null where there is none yet. */
export function stepAt(frames: readonly number[], frame: number): number | null {
  const step = frames.findLastIndex((about) => about <= frame);
  return step < 0 ? null : step;
}
