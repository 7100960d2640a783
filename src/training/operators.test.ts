import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR_DOCUMENTS } from '../../tests/support/operatorDocuments';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { createTfjsEngine } from '../engine/tfjs/createTfjsEngine';
import { nodeWasmPaths } from '../engine/tfjs/nodeWasm';
import type { Engine } from '../engine/engine';
import { trainingLosses } from '../../tests/support/trainingLosses';

let tfjs: Engine;
beforeAll(async () => {
  const made = await createTfjsEngine({ backend: 'wasm', wasmPaths: nodeWasmPaths() });
  if (!made.ok) throw new Error(JSON.stringify(made.diagnostics));
  tfjs = made.value;
});
afterAll(() => tfjs.dispose());

describe.each(Object.entries(OPERATOR_DOCUMENTS))('%s', (_, document) => {
  it('has the losses of the reference, and learns', async () => {
    const truth = await trainingLosses(document, createReferenceEngine(), 3);
    const found = await trainingLosses(document, tfjs, 30);
    truth.forEach((loss, step) => {
      expect(Math.abs((found[step] ?? NaN) / loss - 1), `step ${step}`).toBeLessThan(1e-3);
    });
    const part = (from: number, to?: number): number =>
      found.slice(from, to).reduce((sum, loss) => sum + loss, 0);
    expect(part(-10)).toBeLessThan(part(0, 10));
  });
});
