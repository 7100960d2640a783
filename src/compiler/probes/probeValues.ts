import { defined } from '../../core/invariant';
import type { TensorType } from '../../graph/ports';
import type { Builder } from '../../ir/builder';
import { elementCount, type Value } from '../../ir/types';
import type { Probe, ProbeTarget } from '../analysis/probes';
import { freeVariables } from '../graph/freeVariables';
import { portKey } from '../graph/graph';
import { upstream } from '../graph/topology';
import { inferFreeVariables } from '../latentInference/inference';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';

/**
 * What a probe reads: the value at its input, the same of the untrained model, and the observed columns that both are made of.
 * A number is read beside the other two (docs/mathematics.md §6).
 */
export type ProbeArm = 'trained' | 'untrained' | 'raw';

/** The arms of a probe, with the numbers that a row of each has. */
export function probeArms({ contract, width, raw, time }: Probe): ReadonlyMap<ProbeArm, number> {
  const arms = new Map<ProbeArm, number>([['trained', width]]);
  if (!contract.predicts) return arms;
  arms.set('untrained', width);
  const rawWidth = raw.reduce((sum, { type }) => sum + rowSize(type, time), 0);
  if (raw.length > 0 && rawWidth <= MAXIMUM_RAW_WIDTH) arms.set('raw', rawWidth);
  return arms;
}

/** Wider input is not read raw: a matrix of weights for it would be larger than most models. */
const MAXIMUM_RAW_WIDTH = 8192;

/** Numbers of a row of a column: of a step where rows are steps, of a sample otherwise. */
export function rowSize({ shape, time }: TensorType, steps: number | null): number {
  return elementCount(shape) * (steps === null ? (time ?? 1) : 1);
}

/** What probes read in one evaluation of the graph. */
export class ProbeValues {
  private readonly trained: Evaluation;
  private untrained: Evaluation | null = null;

  /**
   * `options` are those of an evaluation without statistics: a probe must not move any of the model. `outputs` among them is what
   * inference found.
   */
  constructor(
    private readonly context: ProgramContext,
    private readonly options: EvaluationOptions,
  ) {
    this.trained = new Evaluation(context, options);
  }

  /** `[N, width]` constants: no gradient passes. N is the batch, times the steps where rows are steps. */
  features(probe: Probe, arm: ProbeArm): Value {
    const { builder } = this.context;
    const { source, type, raw, time } = probe;
    return builder.withOrigin(probe.node.id, () => {
      if (arm !== 'raw') {
        const evaluation = arm === 'trained' ? this.trained : this.untrainedModel();
        return this.rowsOf(evaluation.output(source), type, time);
      }
      const columns = raw.map((column) =>
        this.rowsOf(this.trained.output(column.source), column.type, time),
      );
      return columns.length === 1 ? defined(columns[0], 'column') : builder.concat(columns, 1);
    });
  }

  /** Class numbers `[N]`, or numbers `[N, count]`: constants. */
  target({ time, node }: Probe, target: ProbeTarget): Value {
    const { builder, analysis } = this.context;
    return builder.withOrigin(node.id, () => {
      if (target.kind === 'classes') {
        const labels = this.trained.labels(target.dataset);
        return builder.reshape(this.rowsOf(labels, { time: null, shape: [] }, time), [
          this.options.batch * (time ?? 1),
        ]);
      }
      const type = defined(
        analysis.types.get(portKey(target.source.nodeId, target.source.port)),
        'type of a target',
      );
      return this.rowsOf(this.trained.output(target.source), type, time);
    });
  }

  /** Free variables are found anew with the initial weights, where any probe depends on one. */
  private untrainedModel(): Evaluation {
    if (this.untrained) return this.untrained;
    const { graph, probes } = this.context.analysis;
    const above = upstream(
      graph,
      probes.map(({ source }) => source.nodeId),
    );
    const { outputs: _, ...own } = this.options;
    const options = { ...own, untrained: true };
    const infers = freeVariables(graph).some(({ id }) => above.has(id));
    this.untrained = new Evaluation(
      this.context,
      infers ? { ...options, outputs: inferFreeVariables(this.context, options) } : options,
    );
    return this.untrained;
  }

  /** One row a sample or, over `time`, one a step; a value without time is repeated at every step. */
  private rowsOf(value: Value, type: TensorType, time: number | null): Value {
    const { builder } = this.context;
    const constant = builder.stopGradient(value);
    const { batch } = this.options;
    const width = rowSize(type, time);
    if (time === null || type.time !== null) {
      return builder.reshape(constant, [batch * (time ?? 1), width]);
    }
    return builder.reshape(repeated(builder, constant, batch, time, width), [batch * time, width]);
  }
}

function repeated(
  builder: Builder,
  value: Value,
  batch: number,
  time: number,
  width: number,
): Value {
  return builder.broadcast(builder.reshape(value, [batch, width]), [batch, time, width], [0, 2]);
}
