import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageDocuments } from '../../tests/support/imageDocuments';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { createTfjsEngine } from '../engine/tfjs/createTfjsEngine';
import { nodeWasmPaths } from '../engine/tfjs/nodeWasm';
import type { Engine } from '../engine/engine';
import { trainingLosses } from '../../tests/support/trainingLosses';

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
    const found = await trainingLosses(document, tfjs, 60);
    expect(found).toHaveLength(60);
    expect(mean(found.slice(-10)) / mean(found.slice(0, 10))).toBeLessThan(0.75);
  });

  it('has the losses of the reference', async () => {
    const small = { ...document, training: { ...document.training, batchSize: 6 } };
    const truth = await trainingLosses(small, createReferenceEngine(), 4);
    const found = await trainingLosses(small, tfjs, 4);
    truth.forEach((loss, step) => {
      expect(Math.abs((found[step] ?? NaN) / loss - 1), `step ${step}`).toBeLessThan(1e-3);
    });
  });
});
