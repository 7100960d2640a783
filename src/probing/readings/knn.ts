import { defined, invariant } from '../../core/invariant';
import { knnClasses, knnNumbers } from '../knn';
import { labelled } from '../labelled';
import type { RowMatrix } from '../rowMatrix';
import type { Prediction, Truth } from '../scores';
import type { Reading } from './reading';
import { scoreReading } from './scoreReading';

/** Votes of the nearest training rows. */
export const knn: Reading = {
  readsTraining: true,
  read: (material) =>
    scoreReading(material, (arm, rows) => {
      const { training, probe } = material;
      invariant(training?.truth, 'training rows were captured');
      const bank = defined(training.arms.get(arm), arm);
      return knnPrediction(bank, training.truth, rows, Number(probe.params['neighbours']));
    }),
};

export function knnPrediction(
  bank: RowMatrix,
  truth: Truth,
  queries: RowMatrix,
  neighbours: number,
): Prediction {
  if (truth.kind === 'numbers') {
    return { kind: 'numbers', values: knnNumbers(bank, truth.values, queries, neighbours) };
  }
  const known = labelled(bank, truth.labels);
  return { kind: 'classes', labels: knnClasses(known, queries, truth.count, neighbours) };
}
