import { defined } from '../../../src/core/invariant';
import { createReferenceEngine } from '../../../src/engine/reference/referenceEngine';
import type { NodeDefinition } from '../../../src/graph/nodeDefinition';
import { Builder } from '../../../src/ir/builder';
import { standardNormal } from '../../../src/ir/compose';
import type { Program, Value } from '../../../src/ir/types';

interface Draw {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly y: readonly (readonly number[])[];
  readonly sample?: readonly (readonly number[])[];
}

/**
 * The points of a sampler in float64, from an energy that is the sum of y's numbers. A Gibbs sweep turns every unit
 * over. There is no state.
 */
export async function drawPoints(
  { sampler, params: schema }: NodeDefinition,
  { params = {}, y, sample = y }: Draw,
): Promise<number[]> {
  const builder = new Builder();
  const parsed = schema.parse(params);
  const shape = [y.length, y[0]?.length ?? 0];
  const read = (name: string): Value => builder.input('data', name, shape, 'f32');
  const step = builder.input('step', 'step', [], 'i32');
  const { points } = defined(sampler, 'sampler').draw({
    builder,
    params: parsed,
    mode: 'train',
    step,
    observed: read('y'),
    sample: read('sample'),
    live: (name) => builder.constant(Number(parsed[name])),
    uniform: (stream, extents, turn) =>
      builder.random([1, stream.length], turn?.index ?? step, extents),
    normal: (stream, extents, turn) =>
      standardNormal(builder, [2, stream.length], turn?.index ?? step, extents),
    energyAt: (at) => builder.sum(at, [1]),
    slopesAt: (at) => builder.constant(1, at.shape),
    units: [{ port: 'y', shape: shape.slice(1) }],
    sweep: (units) => ({ y: builder.sub(1, defined(units['y'], 'units')) }),
    statistic: (name) => builder.input('state', name, [], 'f32'),
    updateStatistic: () => undefined,
  });
  const program: Program = {
    data: ['y', 'sample'].map((name) => ({ name, shape, dtype: 'f32' })),
    state: [],
    live: [],
    phases: builder.takePhases(),
    updates: new Map(),
    metrics: new Map(),
    outputs: new Map([['points', points]]),
  };
  const data = new Map([
    ['y', Float32Array.from(y.flat())],
    ['sample', Float32Array.from(sample.flat())],
  ]);
  const executable = await createReferenceEngine().compile(program, data);
  await executable.run(1);
  const outputs = await executable.readOutputs();
  return [...defined(outputs.get('points'), 'points')];
}
