import { registry } from '../../../nodes/index';
import { readAsset } from '../../cli/assets';
import { analyse } from '../../compiler/analysis/analyse';
import { metricName } from '../../compiler/metrics';
import { DatasetCache } from '../../compiler/programs/loadData';
import type { BasinDocument } from '../../document/schema';
import type { Engine } from '../../engine/engine';
import { prepareTraining } from '../prepareTraining';

const cache = new DatasetCache();

/** Trains a document and gives the loss of each step. */
export async function trainingLosses(
  document: BasinDocument,
  engine: Engine,
  steps: number,
): Promise<readonly number[]> {
  const prepared = await prepareTraining(analyse(document, registry), { asset: readAsset, cache });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics));
  const { training, data } = prepared.value;
  const executable = await engine.compile(training.program, data);
  await executable.run(steps);
  const { names, rows, values } = await executable.drainMetrics();
  executable.dispose();
  const column = names.indexOf(metricName({ kind: 'loss' }));
  return Array.from({ length: rows }, (_, row) => values[row * names.length + column] ?? NaN);
}
