import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { readAsset } from '../../src/cli/assets';
import { analyse } from '../../src/compiler/analysis/analyse';
import { compileEvaluation } from '../../src/compiler/programs/compileEvaluation';
import { loadData } from '../../src/compiler/programs/loadData';
import { invariant } from '../../src/core/invariant';
import type { Engine } from '../../src/engine/engine';
import { createReferenceEngine } from '../../src/engine/reference/referenceEngine';
import { createTfjsEngine } from '../../src/engine/tfjs/createTfjsEngine';
import { nodeWasmPaths } from '../../src/engine/tfjs/nodeWasm';
import { prepareTraining } from '../../src/training/prepareTraining';
import { withoutAdam } from '../support/averageDocuments';
import { probeDocuments } from '../support/probeDocuments';
import { compareEngines, describeReport } from './compareEngines';

describe.each(Object.entries(probeDocuments))('probes: %s', (name, document) => {
  let tfjs: Engine;
  beforeAll(async () => {
    const made = await createTfjsEngine({ backend: 'wasm', wasmPaths: nodeWasmPaths() });
    invariant(made.ok, 'tfjs runs here');
    tfjs = made.value;
  });
  afterAll(() => tfjs.dispose());

  const analysis = analyse(withoutAdam(document, 16), registry);
  const tolerances = { relativeTolerance: 2e-3, absoluteTolerance: 5e-4 };

  it('are trained the same on the portable engine as in float64', async () => {
    const prepared = await prepareTraining(analysis, { asset: readAsset });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics));
    const { program } = prepared.value.training;
    expect(program.state.map(({ purpose }) => purpose)).toContain('probe');
    const report = await compareEngines(createReferenceEngine(), tfjs, {
      ...{ name, ops: [], program, data: new Map(prepared.value.data), steps: 6 },
      ...tolerances,
    });
    expect(report.agrees, describeReport(report)).toBe(true);
  });

  it('are read the same', async () => {
    const evaluation = compileEvaluation(analysis, { rows: 40 });
    invariant(evaluation.ok, 'it compiles');
    const { program, data } = evaluation.value;
    const loaded = await loadData(data, { seed: analysis.training.seed, asset: readAsset });
    invariant(loaded.ok, 'the data is there');
    const report = await compareEngines(createReferenceEngine(), tfjs, {
      ...{ name, ops: [], program, data: new Map(loaded.value.arrays), steps: 1 },
      ...tolerances,
    });
    expect(report.agrees, describeReport(report)).toBe(true);
  });
});
