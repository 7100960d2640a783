import { defined } from '../../core/invariant';
import { moduleTraining } from '../../graph/trainingParameters';
import type { Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { upstream } from '../graph/topology';
import { averageRoot } from '../graph/weightLinks';
import type { ProgramContext } from './programContext';

/** The steps that move the weights of a module, `until` not among them; null where each does. */
export interface TrainedSteps {
  readonly from: number;
  readonly until: number | null;
}

/** Null for what has no weights of its own, too. */
export function trainedSteps(analysis: Analysis, owner: string): TrainedSteps | null {
  if (!analysis.weights.has(owner)) return null;
  const { params } = defined(analysis.graph.byId.get(owner), `module ${owner}`);
  const { trainFrom: from, trainUntil: until } = moduleTraining(params);
  return from === 0 && until === null ? null : { from, until };
}

/** The first step that trains all that a node is computed from. */
export function trainingBegins({ graph, owners, averages }: Analysis, nodeId: string): number {
  const modules = [...upstream(graph, [nodeId])].flatMap((id) => owners.get(id) ?? []);
  const starts = modules.flatMap((owner) => {
    const root = graph.byId.get(averageRoot(averages, owner));
    return root?.definition.weights ? moduleTraining(root.params).trainFrom : [];
  });
  return Math.max(0, ...starts);
}

/** Whether this step moves the weights of a module, a boolean scalar; null where each step does. */
export function isTrainedNow(context: ProgramContext, owner: string): Value | null {
  const steps = trainedSteps(context.analysis, owner);
  if (steps === null) return null;
  const { builder, step } = context;
  const { from, until } = steps;
  const started = builder.compare('ge', step, from);
  return until === null
    ? started
    : builder.binary('and', started, builder.compare('lt', step, until));
}
