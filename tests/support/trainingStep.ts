import { registry } from '../../nodes/index';
import { defined } from '../../src/core/invariant';
import { createReferenceEngine } from '../../src/engine/reference/referenceEngine';
import { elementCount, type Value } from '../../src/ir/types';
import { analyse } from '../../src/compiler/analysis/analyse';
import { gradients } from '../../src/compiler/autodiff/gradients';
import { metricName } from '../../src/compiler/metrics';
import { lowerTraining } from '../../src/compiler/programs/compileTraining';
import { finishProgram } from '../../src/compiler/programs/finishProgram';
import { sketchDocument } from '../../src/compiler/testing/testGraphs';

export interface StepSetting {
  readonly sketch: Parameters<typeof sketchDocument>[0];
  /** Training rows of a column, flat; columns not named are zero. */
  readonly columns?: Readonly<Record<string, readonly number[]>>;
  /** State by name (`node.weight`); what is not named is as initialised. */
  readonly state?: Readonly<Record<string, readonly number[]>>;
  /** Live scalars by name (`node.parameter`). */
  readonly live?: Readonly<Record<string, number>>;
  /** The number of the step. */
  readonly step?: number;
}

export interface StepResult {
  readonly loss: number;
  /** ∂L/∂w by state name. */
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  /** Values of the state before the step. */
  readonly state: Readonly<Record<string, readonly number[]>>;
  /** Running statistics after the step. */
  readonly statistics: Readonly<Record<string, readonly number[]>>;
  /** The number of a term before its weight. */
  value(nodeId: string): number;
  /** What a node shows beside its term. */
  part(nodeId: string, name: string): number;
}

/** Loss and gradients of one training step in float64, before the optimizer. */
export async function trainingStep(setting: StepSetting): Promise<StepResult> {
  return (await compileStep(setting))(setting.state ?? {});
}

type RunStep = (state: NonNullable<StepSetting['state']>) => Promise<StepResult>;

async function compileStep(setting: StepSetting): Promise<RunStep> {
  const analysis = analyse(sketchDocument(setting.sketch), registry);
  const errors = analysis.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const { context, loss, metrics, statistics, weights } = lowerTraining(analysis);
  const { builder } = context;
  const slopes = gradients(
    builder,
    loss,
    weights.map((spec) => context.stateArray(spec)),
  );
  const outputs = new Map<string, Value>();
  weights.forEach(({ name }, index) => outputs.set(`∂${name}`, defined(slopes[index], 'slope')));
  for (const [name, value] of statistics) outputs.set(`next ${name}`, value);
  const program = finishProgram(context, {
    updates: new Map(),
    metrics: metrics.values,
    outputs,
  });
  const shapes = new Map(program.data.map(({ name, shape }) => [name, shape]));
  const arrays = new Map(
    context.requests.map(({ name, column }) => {
      const given = setting.columns?.[column];
      const size = elementCount(defined(shapes.get(name), name));
      return [name, given ? Float32Array.from(given) : new Float32Array(size)] as const;
    }),
  );
  const executable = await createReferenceEngine().compile(program, arrays);
  const initial = await executable.readState();
  executable.setLive(setting.live ?? {});
  return async (given) => {
    const state = new Map(initial);
    for (const [name, values] of Object.entries(given)) {
      state.set(name, Float64Array.from(values));
    }
    executable.writeState(state, setting.step ?? 0);
    await executable.run(1);
    const { names, values } = await executable.drainMetrics();
    const metric = (name: string): number => values[names.indexOf(name)] ?? NaN;
    const made = await executable.readOutputs();
    const read = (prefix: string) =>
      Object.fromEntries(
        [...made].flatMap(([name, array]) =>
          name.startsWith(prefix) ? [[name.slice(prefix.length), [...array]] as const] : [],
        ),
      );
    return {
      loss: metric('loss'),
      gradients: read('∂'),
      statistics: read('next '),
      state: Object.fromEntries([...state].map(([name, array]) => [name, [...array]])),
      value: (nodeId) => metric(metricName({ kind: 'value', nodeId })),
      part: (nodeId, name) => metric(metricName({ kind: 'part', nodeId, name })),
    };
  };
}

/** ∂L/∂w of one state array by central differences of the loss, or of another number. */
export async function differences(
  setting: StepSetting,
  name: string,
  number: (result: StepResult) => number = ({ loss }) => loss,
): Promise<number[]> {
  const width = 1e-4;
  const run = await compileStep(setting);
  const { state } = await run(setting.state ?? {});
  const at = defined(state[name], name);
  const slopes: number[] = [];
  for (const index of at.keys()) {
    const lossAt = async (change: number): Promise<number> => {
      const moved = at.map((value, other) => (other === index ? value + change : value));
      return number(await run({ ...setting.state, [name]: moved }));
    };
    slopes.push(((await lossAt(width)) - (await lossAt(-width))) / (2 * width));
  }
  return slopes;
}
