import { dataMnist } from '../../nodes/data/mnist/definition';
import { loadDataset } from '../../nodes/shared/testing/loadDataset';
import type { PortKey } from '../../src/compiler/graph/graph';
import { defined } from '../../src/core/invariant';
import { knnClasses } from '../../src/probing/knn';
import { accuracy, classCount, labelled } from '../../src/probing/labelled';
import { evaluateTrained } from './evaluateTrained';
import type { TrainedTemplate } from './trainTemplate';

/** Share of the 2000 held-out images whose digit the nearest of the 8000 training images name, by cosine of an output. */
export async function mnistNeighbours(trained: TrainedTemplate, port: PortKey): Promise<number> {
  const { spec, dataset } = await loadDataset(dataMnist);
  const labels = defined(dataset.labels, 'labels of MNIST');
  const features = async (split: 'train' | 'heldOut') => {
    const matrix = defined((await evaluateTrained(trained, [port], { split }))[port], port);
    const values = Float64Array.from(matrix.to1DArray());
    const own = split === 'train' ? labels.subarray(0, spec.trainRows) : labels.subarray(spec.trainRows); // prettier-ignore
    return labelled({ rows: matrix.rows, columns: matrix.columns, values }, own);
  };
  const [known, asked] = [await features('train'), await features('heldOut')];
  // Of all rows, where the report of the Collapse tab thins them out.
  return accuracy(knnClasses(known, asked.features, classCount(labels)), asked.labels);
}
