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
import { averageDocuments, withoutAdam } from '../support/averageDocuments';
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
    const { training, ...rest } = withoutAdam(document, 16);
    const small = { ...rest, training: { ...training, steps: 8 } };
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
