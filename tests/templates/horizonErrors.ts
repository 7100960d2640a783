import type { Matrix } from 'ml-matrix';
import type { Split } from '../../src/compiler/lowering/lower';
import { defined } from '../../src/core/invariant';
import { ridgePredictions } from '../../src/probing/ridge';
import type { RowMatrix } from '../../src/probing/rowMatrix';
import { evaluateTrained } from './evaluateTrained';
import type { TrainedTemplate } from './trainTemplate';

/** A free rollout: the first of its states is about frame `last + stride`. */
export interface RolledOut {
  readonly node: string;
  /** Frames that a step of it is long. */
  readonly stride: number;
}

/** Horizon in frames → mean distance of the decoded position from the true one, on held-out sequences. */
export type HorizonErrors = ReadonlyMap<number, number>;

const COORDINATES = 2;

/**
 * How far ahead rollouts say where the dot is, each from what it knew at frame `last`. Every step of every rollout has a
 * linear reader of its own (ridge, α = 1), fitted on what it predicts on the training sequences: so what is compared is what the
 * predictions hold, and none is favoured for the space it is in. `mean` is the mean position of the training sequences.
 */
export async function horizonErrors(
  trained: TrainedTemplate,
  rollouts: readonly RolledOut[],
  last: number,
): Promise<{ readonly mean: HorizonErrors; readonly of: readonly HorizonErrors[] }> {
  const ports = [
    ...rollouts.map(({ node }) => `${node}.states` as const),
    'dots.position',
  ] as const;
  const evaluate = (split: Split) => evaluateTrained(trained, ports, { split });
  const [train, heldOut] = [await evaluate('train'), await evaluate('heldOut')];
  const position = (values: typeof train, frame: number): RowMatrix =>
    columns(values['dots.position'], frame * COORDINATES, COORDINATES);
  const frames = train['dots.position'].columns / COORDINATES;

  const of = rollouts.map(({ node, stride }) => {
    const port = `${node}.states` as const;
    const [from, to] = [defined(train[port], port), defined(heldOut[port], port)];
    const steps = Math.floor((frames - 1 - last) / stride);
    const width = from.columns / steps;
    return new Map(
      Array.from({ length: steps }, (_, step) => {
        const horizon = (step + 1) * stride;
        const guess = ridgePredictions(
          columns(from, step * width, width),
          position(train, last + horizon),
          columns(to, step * width, width),
        );
        return [horizon, meanDistance(guess, position(heldOut, last + horizon))];
      }),
    );
  });
  const horizons = Array.from({ length: frames - 1 - last }, (_, index) => index + 1);
  const mean = new Map(
    horizons.map((horizon) => {
      const [seen, asked] = [position(train, last + horizon), position(heldOut, last + horizon)];
      return [horizon, meanDistance(repeatedMean(seen, asked.rows), asked)];
    }),
  );
  return { mean, of };
}

function columns(matrix: Matrix, start: number, count: number): RowMatrix {
  const part = matrix.subMatrix(0, matrix.rows - 1, start, start + count - 1);
  return { rows: matrix.rows, columns: count, values: Float64Array.from(part.to1DArray()) };
}

function repeatedMean({ rows, columns: count, values }: RowMatrix, times: number): RowMatrix {
  const mean = new Float64Array(count);
  values.forEach(
    (value, index) => (mean[index % count] = (mean[index % count] ?? 0) + value / rows),
  );
  const repeated = Float64Array.from({ length: times * count }, (_, i) => mean[i % count] ?? NaN);
  return { rows: times, columns: count, values: repeated };
}

function meanDistance(guess: RowMatrix, truth: RowMatrix): number {
  let total = 0;
  for (let row = 0; row < truth.rows; row++) {
    let squared = 0;
    for (let k = 0; k < truth.columns; k++) {
      const index = row * truth.columns + k;
      squared += ((guess.values[index] ?? NaN) - (truth.values[index] ?? NaN)) ** 2;
    }
    total += Math.sqrt(squared);
  }
  return total / truth.rows;
}
