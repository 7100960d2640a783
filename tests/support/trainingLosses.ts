import { registry } from '../../nodes/index';
import { readAsset } from '../../src/cli/assets';
import { analyse } from '../../src/compiler/analysis/analyse';
import { metricName } from '../../src/compiler/metrics';
import { DatasetCache } from '../../src/compiler/programs/loadData';
import type { BasinDocument } from '../../src/document/schema';
import type { Engine } from '../../src/engine/engine';
import { prepareTraining } from '../../src/training/prepareTraining';

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
