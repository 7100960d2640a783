import type { Program, Value } from '../../../src/ir/types';
import { Builder } from '../../../src/ir/builder';
import { createReferenceEngine } from '../../../src/engine/reference/referenceEngine';
import type { NodeDefinition } from '../../../src/graph/nodeDefinition';
import { defined } from '../../../src/core/invariant';

interface FunctionalRun {
  readonly params?: Readonly<Record<string, unknown>>;
  /** F(x, y) of each sample. */
  readonly energy: readonly number[];
  /** F(x, ŷ) of each sample. */
  readonly contrasted?: readonly number[];
  /** y and ŷ, one number a sample. */
  readonly observed?: readonly number[];
  readonly points?: readonly number[];
}

/** The loss of a functional at given energies, in float64. */
export async function runFunctional(
  { functional, params: schema }: NodeDefinition,
  { params = {}, energy, contrasted = energy, observed = energy, points = energy }: FunctionalRun,
): Promise<number> {
  const builder = new Builder();
  const parsed = schema.parse(params);
  const arrays = { energy, contrasted, observed, points };
  const read = (name: keyof typeof arrays): Value =>
    builder.input('data', name, [energy.length], 'f32');
  const loss = defined(functional, 'functional').loss({
    builder,
    params: parsed,
    energy: read('energy'),
    contrast: {
      observed: read('observed'),
      points: read('points'),
      generated: read('points'),
      deviation: null,
      energyAt: () => read('contrasted'),
      slopesAt: () => read('points'),
    },
    live: (name) => builder.constant(Number(parsed[name])),
    uniform: (_, shape) => builder.constant(0.5, shape),
    report: () => undefined,
  });
  const program: Program = {
    data: Object.keys(arrays).map((name) => ({ name, shape: [energy.length], dtype: 'f32' })),
    state: [],
    live: [],
    phases: builder.takePhases(),
    updates: new Map(),
    metrics: new Map([['loss', loss]]),
    outputs: new Map(),
  };
  const data = Object.entries(arrays).map(
    ([name, values]) => [name, Float32Array.from(values)] as const,
  );
  const executable = await createReferenceEngine().compile(program, new Map(data));
  await executable.run(1);
  const { values } = await executable.drainMetrics();
  return values[0] ?? NaN;
}
