import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/compiler/analysis/analysis';
import { Evaluation, type EvaluationOptions } from '../../src/compiler/lowering/lower';
import { ProgramContext } from '../../src/compiler/lowering/programContext';
import { finishProgram } from '../../src/compiler/programs/finishProgram';
import { loadData } from '../../src/compiler/programs/loadData';
import { readAsset } from '../../src/cli/assets';
import { defined } from '../../src/core/invariant';
import type { HostArrays } from '../../src/engine/engine';
import { createReferenceEngine } from '../../src/engine/reference/referenceEngine';
import { Builder } from '../../src/ir/builder';
import { averageDocuments } from '../support/averageDocuments';
import { need, trainDocument } from './trainTemplate';

const BATCH = 256;

/** ‖evaluate − train‖/‖train‖ of an output, centred by the latter's mean, on held-out rows under the same views. */
async function modeDifference(
  analysis: Analysis,
  state: HostArrays,
  nodeId: string,
): Promise<number> {
  const context = new ProgramContext(new Builder(), analysis);
  const options: EvaluationOptions = {
    mode: 'evaluate',
    views: 'train',
    split: 'heldOut',
    batch: BATCH,
  };
  const evaluate = new Evaluation(context, options);
  const rows = evaluate.output({ nodeId: 'digits', port: 'x' });
  const train = new Evaluation(context, {
    ...options,
    mode: 'train',
    outputs: new Map([['digits.x', rows]]),
  });
  const program = finishProgram(context, {
    updates: new Map(),
    metrics: new Map(),
    outputs: new Map([
      ['evaluate', evaluate.output({ nodeId, port: 'out' })],
      ['train', train.output({ nodeId, port: 'out' })],
    ]),
  });
  const { seed } = analysis.training;
  const { arrays } = need(await loadData(context.requests, { seed, asset: readAsset }));
  const executable = await createReferenceEngine().compile(program, arrays);
  executable.writeState(
    new Map(program.state.map(({ name }) => [name, defined(state.get(name), name)])),
    1,
  );
  await executable.run(1);
  const read = await executable.readOutputs();
  const [found, truth] = ['evaluate', 'train'].map((name) => [...defined(read.get(name), name)]);
  return relativeDistance(defined(found, 'evaluated'), defined(truth, 'trained'));
}

/** ‖a − b‖ / ‖b − mean of b over the rows‖. */
function relativeDistance(a: readonly number[], b: readonly number[]): number {
  const width = b.length / BATCH;
  const mean = Array.from({ length: width }, (_, column) =>
    b.reduce((sum, value, i) => (i % width === column ? sum + value / BATCH : sum), 0),
  );
  const distance = Math.hypot(...a.map((value, i) => value - (b[i] ?? NaN)));
  return distance / Math.hypot(...b.map((value, i) => value - (mean[i % width] ?? NaN)));
}

describe('BYOL with batch normalisation and averaged weights', () => {
  it('evaluates its target as it trains it: the statistics are those of the target’s own batches', async () => {
    const { analysis, state } = await trainDocument(averageDocuments.byol, 200);
    const own = await modeDifference(analysis, state, 'targetProjector');
    // Those of the trained modules, which are ahead of their averages, do not fit.
    const borrowed = new Map(
      [...state].map(([name, array]) => {
        const from = name
          .replace(/^target\.(.*\.(mean|variance))$/, 'online.$1')
          .replace(/^targetProjector\.(.*\.(mean|variance))$/, 'projector.$1');
        return [name, state.get(from) ?? array];
      }),
    );
    const other = await modeDifference(analysis, borrowed, 'targetProjector');
    expect(own).toBeLessThan(0.15);
    expect(other).toBeGreaterThan(3 * own);
  });
});
