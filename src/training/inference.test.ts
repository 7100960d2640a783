import { afterAll, beforeAll, expect, it } from 'vitest';
import { INFERENCE_DOCUMENTS } from '../../tests/support/inferenceDocuments';
import { trainingLosses } from '../../tests/support/trainingLosses';
import type { Engine } from '../engine/engine';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { createTfjsEngine } from '../engine/tfjs/createTfjsEngine';
import { nodeWasmPaths } from '../engine/tfjs/nodeWasm';

const STEPS = 4;

let tfjs: Engine;
beforeAll(async () => {
  const made = await createTfjsEngine({ backend: 'wasm', wasmPaths: nodeWasmPaths() });
  if (!made.ok) throw new Error(JSON.stringify(made.diagnostics));
  tfjs = made.value;
});
afterAll(() => tfjs.dispose());

it.each(Object.entries(INFERENCE_DOCUMENTS))('%s has the losses of the reference', async (_, document) => {
  const truth = await trainingLosses(document, createReferenceEngine(), STEPS);
  const found = await trainingLosses(document, tfjs, STEPS);
  truth.forEach((loss, step) => {
    const difference = Math.abs((found[step] ?? NaN) - loss);
    expect(difference / Math.max(Math.abs(loss), 1), `step ${step}`).toBeLessThan(1e-3);
  });
}); // prettier-ignore
