import { defined } from '../../core/invariant';
import type { Value } from '../../ir/types';
import type { PortKey } from '../graph/graph';
import type { Variable } from '../graph/jointGroups';
import { upstream } from '../graph/topology';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { repeatBoundary } from './copies';

/** Evaluates what depends on some variables, the rest of the graph once. */
export class ConeEvaluations {
  private readonly outside: Evaluation;
  private readonly boundaries = new Map<number, ReadonlyMap<PortKey, Value>>();

  constructor(
    private readonly context: ProgramContext,
    private readonly options: EvaluationOptions,
    private readonly variables: readonly Pick<Variable, 'node' | 'key' | 'reach' | 'energies'>[],
  ) {
    this.outside = new Evaluation(context, options);
  }

  /** With the variables at `[B·copies, …]` values, `copies` points a sample. */
  at(values: readonly Value[], copies: number): Evaluation {
    const { context, options, variables } = this;
    const outputs = new Map(copies === 1 ? options.outputs : this.boundary(copies));
    variables.forEach(({ key }, index) => outputs.set(key, defined(values[index], 'value')));
    return new Evaluation(context, { ...options, batch: options.batch * copies, outputs });
  }

  /** What reads the variables on the way to their energies. */
  cone(): Set<string> {
    const { graph } = this.context.analysis;
    const free = new Set(this.variables.map(({ node }) => node.id));
    const energies = this.variables.flatMap((variable) => variable.energies);
    const needed = upstream(
      graph,
      energies.map(({ id }) => id),
    );
    const reached = this.variables.flatMap(({ reach }) => [...reach]);
    return new Set(reached.filter((id) => needed.has(id) && !free.has(id)));
  }

  private boundary(copies: number): ReadonlyMap<PortKey, Value> {
    const known = this.boundaries.get(copies);
    if (known) return known;
    const { builder, analysis } = this.context;
    const made = repeatBoundary(builder, analysis.graph, this.cone(), this.outside, copies);
    this.boundaries.set(copies, made);
    return made;
  }
}
