import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { imageDocuments } from '../../tests/support/imageDocuments';
import { readAsset } from '../cli/assets';
import { analyse } from '../compiler/analysis/analyse';
import { metricName } from '../compiler/metrics';
import { DatasetCache } from '../compiler/programs/loadData';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { createTfjsEngine } from '../engine/tfjs/createTfjsEngine';
import { nodeWasmPaths } from '../engine/tfjs/nodeWasm';
import type { BasinDocument } from '../document/schema';
import type { Engine } from '../engine/engine';
import { prepareTraining } from './prepareTraining';

const cache = new DatasetCache();

async function losses(
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

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe.each(Object.entries(imageDocuments('data.mnist')))('%s on MNIST', (_, document) => {
  let tfjs: Engine;
  beforeAll(async () => {
    const made = await createTfjsEngine({ backend: 'wasm', wasmPaths: nodeWasmPaths() });
    if (!made.ok) throw new Error(JSON.stringify(made.diagnostics));
    tfjs = made.value;
  });
  afterAll(() => tfjs.dispose());

  it('learns', async () => {
    const found = await losses(document, tfjs, 60);
    expect(found).toHaveLength(60);
    expect(mean(found.slice(-10)) / mean(found.slice(0, 10))).toBeLessThan(0.75);
  });

  it('has the losses of the reference', async () => {
    const small = { ...document, training: { ...document.training, batchSize: 6 } };
    const truth = await losses(small, createReferenceEngine(), 4);
    const found = await losses(small, tfjs, 4);
    truth.forEach((loss, step) => {
      expect(Math.abs((found[step] ?? NaN) / loss - 1), `step ${step}`).toBeLessThan(1e-3);
    });
  });
});
