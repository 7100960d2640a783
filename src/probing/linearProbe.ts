import { accuracy, classCount, type Labelled } from './labelled';
import { classify, fitLogistic } from './logisticRegression';
import { columnDeviations, columnMeans, type RowMatrix } from './rowMatrix';

/**
 * Held-out accuracy of a linear classifier on frozen features: multinomial logistic regression (`fitLogistic`, as
 * scikit-learn's default) on features that are standardised by the means and deviations of the training rows.
 */
export function linearProbeAccuracy(train: Labelled, test: Labelled): number {
  const classes = classCount(train.labels, test.labels);
  return accuracy(linearProbeClasses(train, test.features, classes), test.labels);
}

/** What that classifier takes the rows of `queries` for. */
export function linearProbeClasses(
  train: Labelled,
  queries: RowMatrix,
  classes: number,
): Int32Array {
  const standardise = standardiserOf(train.features);
  const model = fitLogistic(standardise(train.features), train.labels, classes);
  return classify(model, standardise(queries));
}

/** Subtracts the means and divides by the deviations (ddof 1) of `train`; constant features become 0. */
export function standardiserOf(train: RowMatrix): (features: RowMatrix) => RowMatrix {
  const means = columnMeans(train);
  const scales = columnDeviations(train).map((deviation) => (deviation > 0 ? 1 / deviation : 0));
  return (features) => ({
    ...features,
    values: features.values.map((value, i) => {
      const column = i % features.columns;
      return (value - (means[column] ?? 0)) * (scales[column] ?? 0);
    }),
  });
}
