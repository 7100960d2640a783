import { expose } from 'comlink';
import { registry } from '../../nodes/index';
import digitsUrl from '../../public/data/digits.bin?url';
import mnistUrl from '../../public/data/mnist.bin?url';
import { analyse } from '../../src/compiler/analysis/analyse';
import { metricName } from '../../src/compiler/metrics';
import type { BasinDocument } from '../../src/document/schema';
import { defined } from '../../src/core/invariant';
import { ENGINES } from '../../src/engine/engines';
import { browserHost } from '../../src/engine/hosts/browserHost';
import { prepareTraining } from '../../src/training/prepareTraining';

const ASSETS = new Map([
  ['digits.bin', digitsUrl],
  ['mnist.bin', mnistUrl],
]);

const asset = async (name: string): Promise<ArrayBuffer> =>
  (await fetch(defined(ASSETS.get(name), name))).arrayBuffer();

/** The losses of the first steps of a document on one engine. */
async function losses(
  document: BasinDocument,
  engineName: string,
  steps: number,
): Promise<number[]> {
  const prepared = await prepareTraining(analyse(document, registry), { asset });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics));
  const created = await defined(
    ENGINES.find(({ name }) => name === engineName),
    engineName,
  ).create(browserHost);
  if (!created.ok) throw new Error(JSON.stringify(created.diagnostics));
  const engine = created.value;
  const { training, data } = prepared.value;
  const executable = await engine.compile(training.program, data);
  await executable.run(steps);
  const { names, rows, values } = await executable.drainMetrics();
  const column = names.indexOf(metricName({ kind: 'loss' }));
  engine.dispose();
  return Array.from({ length: rows }, (_, row) => values[row * names.length + column] ?? NaN);
}

const api = { losses };
export type TemplatesWorker = typeof api;
expose(api);
