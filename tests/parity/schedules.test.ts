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
import { withoutAdam } from '../support/averageDocuments';
import { scheduleDocuments } from '../support/scheduleDocuments';
import { compareEngines, describeReport } from './compareEngines';

describe.each(Object.entries(scheduleDocuments))('modules trained by turns: %s', (name, given) => {
  let tfjs: Engine;
  beforeAll(async () => {
    const made = await createTfjsEngine({ backend: 'wasm', wasmPaths: nodeWasmPaths() });
    invariant(made.ok, 'tfjs runs here');
    tfjs = made.value;
  });
  afterAll(() => tfjs.dispose());

  it.each([
    ['momentum', withoutAdam(given, 16)],
    ['Adam with decay', given],
  ])('are the same on the portable engine as in float64, with %s', async (_, document) => {
    const prepared = await prepareTraining(analyse(document, registry), { asset: readAsset });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics));
    const report = await compareEngines(createReferenceEngine(), tfjs, {
      name,
      ops: [],
      program: prepared.value.training.program,
      data: new Map(prepared.value.data),
      steps: 8,
      relativeTolerance: 2e-3,
      absoluteTolerance: 2e-4,
    });
    expect(report.agrees, describeReport(report)).toBe(true);
  });
});
