import { accuracy, classCount, thinLabelled, type Labelled } from './labelled';
import { nearestRows, rowOf } from './nearest';
import { unitRows, type RowMatrix } from './rowMatrix';

/** docs/mathematics.md §6, as in Wu et al. 2018. */
const NEIGHBOURS = 20;
const TEMPERATURE = 0.07;

/** All pairs are compared: 2000 × 1000 rows of 64 features take about 0.2 s. */
const MAXIMUM_TRAIN_ROWS = 2000;
const MAXIMUM_TEST_ROWS = 1000;

/**
 * Held-out accuracy of a weighted nearest-neighbour vote: the `neighbours` training rows of largest cosine vote for
 * their class with weight exp(cos / 0.07). Large sets are thinned evenly.
 */
export function knnAccuracy(train: Labelled, test: Labelled, neighbours = NEIGHBOURS): number {
  const known = thinLabelled(train, MAXIMUM_TRAIN_ROWS);
  const asked = thinLabelled(test, MAXIMUM_TEST_ROWS);
  const classes = classCount(known.labels, asked.labels);
  return accuracy(knnClasses(known, asked.features, classes, neighbours), asked.labels);
}

/** The class of the weighted vote of the nearest rows of `known`, for each row of `queries`. */
export function knnClasses(
  known: Labelled,
  queries: RowMatrix,
  classes: number,
  neighbours = NEIGHBOURS,
): Int32Array {
  const predicted = new Int32Array(queries.rows);
  eachVote(known.features, queries, neighbours, (query, voters) => {
    const votes = new Float64Array(classes);
    for (const { row, weight } of voters) {
      const label = known.labels[row] ?? 0;
      votes[label] = (votes[label] ?? 0) + weight;
    }
    predicted[query] = votes.indexOf(Math.max(...votes));
  });
  return predicted;
}

/** The mean of the targets `[rows, count]` of the nearest rows of `features`, weighted likewise, for each row of `queries`. */
export function knnNumbers(
  features: RowMatrix,
  targets: RowMatrix,
  queries: RowMatrix,
  neighbours = NEIGHBOURS,
): RowMatrix {
  const { columns } = targets;
  const values = new Float64Array(queries.rows * columns);
  eachVote(features, queries, neighbours, (query, voters) => {
    const total = voters.reduce((sum, { weight }) => sum + weight, 0);
    for (const { row, weight } of voters) {
      for (let i = 0; i < columns; i++) {
        const at = query * columns + i;
        const target = targets.values[row * columns + i] ?? 0;
        values[at] = (values[at] ?? 0) + (weight / total) * target;
      }
    }
  });
  return { rows: queries.rows, columns, values };
}

interface Voter {
  readonly row: number;
  readonly weight: number;
}

function eachVote(
  features: RowMatrix,
  queries: RowMatrix,
  neighbours: number,
  take: (query: number, voters: readonly Voter[]) => void,
): void {
  const bank = unitRows(features);
  const samples = unitRows(queries);
  for (let query = 0; query < samples.rows; query++) {
    const nearest = nearestRows(bank, rowOf(samples, query), neighbours);
    take(
      query,
      // Less the largest possible cosine, which changes no comparison and cannot overflow.
      nearest.map(({ row, cosine }) => ({ row, weight: Math.exp((cosine - 1) / TEMPERATURE) })),
    );
  }
}
