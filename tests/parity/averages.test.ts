import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { readAsset } from '../../src/cli/assets';
import { analyse } from '../../src/compiler/analysis/analyse';
import { invariant } from '../../src/core/invariant';
import type { Engine } from '../../src/engine/engine';
import { createReferenceEngine } from '../../src/engine/reference/referenceEngine';
import { createTfjsEngine } from '../../src/engine/tfjs/createTfjsEngine';
import { nodeWasmPaths } from '../../src/engine/tfjs/nodeWasm';
import { prepareTraining } from '../../src/training/prepareTraining';
import { averageDocuments } from '../support/averageDocuments';
import { compareEngines, describeReport } from './compareEngines';

describe.each(Object.entries(averageDocuments))('averages of weights: %s', (name, document) => {
  let tfjs: Engine;
  beforeAll(async () => {
    const made = await createTfjsEngine({ backend: 'wasm', wasmPaths: nodeWasmPaths() });
    invariant(made.ok, 'tfjs runs here');
    tfjs = made.value;
  });
  afterAll(() => tfjs.dispose());

  it('are the same on the portable engine as in float64, in state and losses', async () => {
    // Not Adam: it would make a step of the rounding error in a gradient that is zero, as that of a bias before a
    // normalisation is.
    const optimizer = { kind: 'sgd', momentum: 0.9 } as const;
    const training = {
      ...document.training,
      optimizer,
      learningRate: 0.05,
      batchSize: 16,
      steps: 8,
    };
    const small = { ...document, training };
    const prepared = await prepareTraining(analyse(small, registry), { asset: readAsset });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics));
    const { data } = prepared.value;
    const { program } = prepared.value.training;
    expect(program.state.map(({ purpose }) => purpose)).toContain('model');
    const report = await compareEngines(createReferenceEngine(), tfjs, {
      name,
      ops: [],
      program,
      data: new Map(data),
      steps: 6,
      relativeTolerance: 2e-3,
      absoluteTolerance: 2e-4,
    });
    expect(report.agrees, describeReport(report)).toBe(true);
  });
});
