import { accuracy, classCount, thinLabelled, type Labelled } from './labelled';
import { unitRows } from './rowMatrix';

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
  const bank = unitRows(known.features);
  const queries = unitRows(asked.features);
  const width = bank.columns;
  const classes = classCount(known.labels, asked.labels);
  const predicted = new Int32Array(queries.rows);
  for (let query = 0; query < queries.rows; query++) {
    const sample = queries.values.subarray(query * width, (query + 1) * width);
    // The nearest so far, in descending order.
    const nearest: { readonly cosine: number; readonly label: number }[] = [];
    for (let row = 0; row < bank.rows; row++) {
      let cosine = 0;
      for (let i = 0; i < width; i++) {
        cosine += (sample[i] ?? 0) * (bank.values[row * width + i] ?? 0);
      }
      const last = nearest.at(-1);
      if (nearest.length >= neighbours && last && cosine <= last.cosine) continue;
      const place = nearest.findIndex((other) => other.cosine < cosine);
      nearest.splice(place < 0 ? nearest.length : place, 0, {
        cosine,
        label: known.labels[row] ?? 0,
      });
      if (nearest.length > neighbours) nearest.pop();
    }
    const votes = new Float64Array(classes);
    for (const { cosine, label } of nearest) {
      // Less the largest possible cosine, which changes no comparison and cannot overflow.
      votes[label] = (votes[label] ?? 0) + Math.exp((cosine - 1) / TEMPERATURE);
    }
    predicted[query] = votes.indexOf(Math.max(...votes));
  }
  return accuracy(predicted, asked.labels);
}
