import { dataMnist } from '../../nodes/data/mnist/definition';
import { readAsset } from '../../src/cli/assets';
import type { PortKey } from '../../src/compiler/graph/graph';
import { defined } from '../../src/core/invariant';
import { randomKey, RandomStream } from '../../src/core/random';
import { knnClasses } from '../../src/probing/knn';
import { accuracy, classCount, labelled } from '../../src/probing/labelled';
import { evaluateTrained } from './evaluateTrained';
import type { Change, TemplateRuns } from './templateRuns';
import type { TrainedTemplate } from './trainTemplate';

/** Share of the 2000 held-out images whose digit the nearest of the 8000 training images name, by cosine of an output. */
async function mnistNeighbours(trained: TrainedTemplate, port: PortKey): Promise<number> {
  const spec = defined(dataMnist.dataset?.(dataMnist.params.parse({})), 'data set');
  const dataset = await spec.load({
    asset: readAsset,
    random: (stream) => new RandomStream(randomKey(1, spec.id, stream)),
  });
  const labels = defined(dataset.labels, 'labels of MNIST');
  const features = async (split: 'train' | 'heldOut') => {
    const matrix = defined((await evaluateTrained(trained, [port], { split }))[port], port);
    const values = Float64Array.from(matrix.to1DArray());
    const own = split === 'train' ? labels.subarray(0, spec.trainRows) : labels.subarray(spec.trainRows); // prettier-ignore
    return labelled({ rows: matrix.rows, columns: matrix.columns, values }, own);
  };
  const [bank, asked] = [await features('train'), await features('heldOut')];
  // Of all rows, where the report of the Collapse tab thins them out.
  return accuracy(knnClasses(bank, asked.features, classCount(labels)), asked.labels);
}

/** By trained graph, since several claims read the same. */
const known = new WeakMap<TrainedTemplate, Map<PortKey, Promise<number>>>();

/** That share, after training. */
export function neighboursBy(
  port: PortKey,
  change: Change = {},
): (runs: TemplateRuns) => Promise<number> {
  return async (runs) => {
    const trained = await runs.trained(change);
    const byPort = known.get(trained) ?? new Map<PortKey, Promise<number>>();
    known.set(trained, byPort);
    const found = byPort.get(port) ?? mnistNeighbours(trained, port);
    byPort.set(port, found);
    return found;
  };
}

/** By how much training raises it. */
export function gainedNeighbours(port: PortKey): (runs: TemplateRuns) => Promise<number> {
  return async (runs) =>
    (await neighboursBy(port)(runs)) - (await neighboursBy(port, { steps: 0 })(runs));
}
