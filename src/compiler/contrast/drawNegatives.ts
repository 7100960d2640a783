import { randomKey } from '../../core/random';
import { defined } from '../../core/invariant';
import type { Sampled, SamplingContext, Turn, UnitValues } from '../../graph/contrast';
import { sampleSize } from '../../graph/ports';
import { standardNormal } from '../../ir/compose';
import type { Shape, Value } from '../../ir/types';
import type { Contrasted, Negatives } from '../graph/contrasts';
import { portKey } from '../graph/graph';
import type { Evaluation } from '../lowering/lower';
import type { EvaluationOptions } from '../lowering/lower';
import { statisticState, type ProgramContext } from '../lowering/programContext';
import { stateName } from '../names';
import type { ContrastedEnergy } from './contrastedEnergy';

/** ŷ of the sampler that a functional reads, drawn from that functional's energy where it needs one. */
export function drawNegatives(
  context: ProgramContext,
  options: EvaluationOptions,
  evaluation: Evaluation,
  { energyNode }: Contrasted,
  negatives: Negatives,
  energy: ContrastedEnergy,
): Sampled {
  const { builder, analysis, seed, step } = context;
  const { sampler, observed } = negatives;
  const { id, params, definition, inputs } = sampler;
  const counter = (turn: Turn | undefined): Value =>
    turn ? builder.add(builder.mul(step, turn.count), turn.index) : step;
  const uniform = (stream: string, shape: Shape, turn?: Turn): Value =>
    builder.random(randomKey(seed, id, stream), counter(turn), shape);
  const [made] = inputs.get('sample') ?? [];
  const sampling: SamplingContext<Record<string, unknown>> = {
    builder,
    params,
    step,
    mode: options.mode,
    observed: builder.stopGradient(evaluation.output(observed)),
    sample: made ? evaluation.output(made) : null,
    live: (name) => context.liveParameter(id, name),
    uniform,
    normal: (stream, shape, turn) =>
      standardNormal(builder, randomKey(seed, id, stream), counter(turn), shape),
    energyAt: (points, copies = 1) => energy.at(points, { copies }),
    slopesAt: (points) => energy.slopes(points),
    units: unitsOf(context, energyNode),
    sweep: (units, turn) =>
      sweep(energy, energyNode, units, (stream, shape) => uniform(stream, shape, turn)),
    statistic: (name) => context.stateArray(statisticState(analysis, id, name)),
    updateStatistic: (name, next) => {
      if (!options.statistics) return;
      const before = context.stateArray(statisticState(analysis, id, name));
      options.statistics.update(id, stateName(id, name), before, (current) =>
        builder.stopGradient(next(current)),
      );
    },
  };
  return builder.withOrigin(id, () => defined(definition.sampler, 'sampler').draw(sampling));
}

function unitsOf(
  { analysis }: ProgramContext,
  energyNode: GraphUnits,
): SamplingContext<unknown>['units'] {
  // prettier-ignore
  return (energyNode.definition.conditionals?.ports ?? []).flatMap((port) => {
    const [source] = energyNode.inputs.get(port) ?? [];
    const type = source && analysis.types.get(portKey(source.nodeId, source.port));
    return type ? [{ port, shape: [sampleSize(type)] }] : [];
  });
}

type GraphUnits = Contrasted['energyNode'];

function sweep(
  energy: ContrastedEnergy,
  node: GraphUnits,
  units: UnitValues,
  uniform: (stream: string, shape: Shape) => Value,
): UnitValues {
  const { ports, sweep: draw } = defined(node.definition.conditionals, 'conditionals');
  const y = defined(units[defined(ports[0], 'port')], 'units');
  return draw(energy.uninferred(y).contextOf(node.id), units, uniform);
}
