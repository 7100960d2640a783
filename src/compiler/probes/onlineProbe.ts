import { defined } from '../../core/invariant';
import type { OnlineReader } from '../../graph/probe';
import { logSoftmax, restoreAxes, variance } from '../../ir/compose';
import type { Shape, StateSpec, Value } from '../../ir/types';
import type { Probe, ProbeTarget } from '../analysis/probes';
import { gradients } from '../autodiff/gradients';
import type { ProgramContext } from '../lowering/programContext';
import { LIVE, stateName } from '../names';
import { slotName } from '../optimizer/optimize';
import { Segments } from '../optimizer/segments';
import { updateTrained } from '../optimizer/updateRules';
import type { ProbeArm } from './probeValues';

/** How far running statistics move in a step, and what is added to a variance: as in batch normalisation. */
const MOMENTUM = 0.1;
const EPSILON = 1e-5;
/** A running average that has seen nothing has the weight 0. */
const LEAST_SHARE = 1e-12;

/**
 * Adam as PyTorch has it. Features are standardised, so no setting of it is the user's but the rate. ε is well above the
 * rounding error of a gradient that is zero, as that of a bias is where classes are balanced, which would else make whole steps.
 */
const OPTIMIZER = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-4 } as const;

/** An array of the state that a step changes. */
export interface ProbeUpdate {
  readonly name: string;
  readonly current: Value;
  readonly next: Value;
}

/** One reader of one arm of a probe. Its arrays are its own: nothing of the model is among them. */
export class OnlineProbe {
  private readonly reader: OnlineReader;

  constructor(
    private readonly context: ProgramContext,
    private readonly probe: Probe,
    private readonly target: ProbeTarget,
    private readonly arm: ProbeArm,
    /** `[N, width]` constants. */
    private readonly features: Value,
  ) {
    this.reader = defined(probe.contract.online, 'reader of an online probe');
  }

  /** By the weights and statistics that it has: logits `[N, classes]`, or the target in its own units `[N, count]`. */
  prediction(): Value {
    const mean = this.running('mean', this.width);
    const spread = this.running('variance', this.width);
    return this.inUnits(this.predict(this.standardised(this.features, mean, spread)));
  }

  /**
   * One step of the reader: running statistics take in the batch, features (and a target of numbers) are standardised by
   * them, and Adam goes down the mean cross-entropy or the mean squared error. `prediction` is that before the step.
   */
  step(truth: Value): { readonly updates: readonly ProbeUpdate[]; readonly prediction: Value } {
    const { builder } = this.context;
    const share = this.updated('share', [], builder.constant(1));
    const statistics: ProbeUpdate[] = [share];
    const track = (name: string, values: Value): [mean: Value, spread: Value] => {
      const mean = this.updated(`${name}mean`, [width(values)], builder.mean(values, [0]));
      const spread = this.updated(
        `${name}variance`,
        [width(values)],
        variance(builder, values, [0], 0),
      );
      statistics.push(mean, spread);
      const corrected = ({ next }: ProbeUpdate): Value => this.corrected(next, share.next);
      return [corrected(mean), corrected(spread)];
    };
    const input = this.standardised(this.features, ...track('', this.features));
    const output = this.predict(input);
    const { target } = this;
    let loss: Value;
    let prediction: Value;
    if (target.kind === 'classes') {
      const logarithms = logSoftmax(builder, output, 1);
      const hot = oneHot(this.context, truth, target.count);
      loss = builder.neg(builder.mean(builder.sum(builder.mul(hot, logarithms), [1])));
      prediction = output;
    } else {
      const [mean, spread] = track('target.', truth);
      const error = builder.sub(output, this.standardised(truth, mean, spread));
      loss = builder.mean(builder.square(error));
      prediction = unstandardised(this.context, output, mean, spread);
    }
    return { updates: [...statistics, ...this.descend(loss)], prediction };
  }

  private get width(): number {
    return width(this.features);
  }

  private predict(input: Value): Value {
    const { builder } = this.context;
    return this.reader.predict(
      { builder, weight: (name) => this.array(this.weightSpec(name)) },
      input,
    );
  }

  /** Each weight by its own Adam, whose rate is the node's. */
  private descend(loss: Value): ProbeUpdate[] {
    const { builder } = this.context;
    const specs = this.weights().map(({ name }) => this.weightSpec(name));
    const values = specs.map((spec) => this.array(spec));
    const { id, params } = this.probe.node;
    const rateName = this.reader.rate;
    const rate = this.context.liveScalar(LIVE.parameter(id, rateName), Number(params[rateName]));
    const slopes = gradients(builder, loss, values);
    return specs.flatMap((spec, index) => {
      const value = defined(values[index], 'weight');
      const gradient = defined(slopes[index], 'gradient');
      const own = new Map<string, StateSpec>();
      const slot = (name: string, shape: Shape): Value => {
        const kept = this.spec(slotName(name, spec.name), shape);
        own.set(name, kept);
        return this.array(kept);
      };
      const pace = { learningRate: rate, segments: new Segments(builder, [{ spec }]) };
      const update = updateTrained(builder, OPTIMIZER, { value, gradient }, pace, {
        vector: (name) => slot(name, spec.shape),
        scalar: (name) => slot(name, []),
      });
      return [
        { name: spec.name, current: value, next: update.trained },
        ...[...update.slots].map(([name, next]): ProbeUpdate => {
          const kept = defined(own.get(name), `slot ${name}`);
          return { name: kept.name, current: this.array(kept), next };
        }),
      ];
    });
  }

  private weights() {
    return this.reader.weights(this.width, this.target.count);
  }

  private weightSpec(name: string): StateSpec {
    const found = defined(
      this.weights().find((weight) => weight.name === name),
      `weight ${name}`,
    );
    return this.spec(this.nameOf(name), found.shape);
  }

  /** A prediction of numbers in the units of its target. */
  private inUnits(output: Value): Value {
    if (this.target.kind === 'classes') return output;
    const { count } = this.target;
    const mean = this.running('target.mean', count);
    return unstandardised(this.context, output, mean, this.running('target.variance', count));
  }

  /** (x − μ)/√(σ² + 1e-5) of each column. */
  private standardised(x: Value, mean: Value, spread: Value): Value {
    const { builder } = this.context;
    const deviation = builder.sqrt(builder.add(spread, EPSILON));
    const centred = builder.sub(x, restoreAxes(builder, mean, x.shape, [0]));
    return builder.div(centred, restoreAxes(builder, deviation, x.shape, [0]));
  }

  /** A running average a ← 0.9 a + 0.1 x from 0, and the share of it that is of something seen, likewise of 1. */
  private updated(name: string, shape: Shape, seen: Value): ProbeUpdate {
    const { builder } = this.context;
    const spec = this.spec(this.nameOf(name), shape);
    const current = this.array(spec);
    const next = builder.add(builder.mul(current, 1 - MOMENTUM), builder.mul(seen, MOMENTUM));
    return { name: spec.name, current, next };
  }

  private running(name: string, length: number): Value {
    const average = this.array(this.spec(this.nameOf(name), [length]));
    return this.corrected(average, this.array(this.spec(this.nameOf('share'), [])));
  }

  private corrected(average: Value, share: Value): Value {
    const { builder } = this.context;
    return builder.div(average, builder.max(share, LEAST_SHARE));
  }

  private nameOf(name: string): string {
    return stateName(this.probe.node.id, `${this.arm}.${name}`);
  }

  private array(spec: StateSpec): Value {
    return this.context.stateArray(spec);
  }

  private spec(name: string, shape: Shape): StateSpec {
    const initializer = { kind: 'constant', value: 0 } as const;
    return { name, shape, dtype: 'f32', initializer, purpose: 'probe', origin: this.probe.node.id };
  }
}

function unstandardised({ builder }: ProgramContext, y: Value, mean: Value, spread: Value): Value {
  const deviation = builder.sqrt(builder.add(spread, EPSILON));
  const scaled = builder.mul(y, restoreAxes(builder, deviation, y.shape, [0]));
  return builder.add(scaled, restoreAxes(builder, mean, y.shape, [0]));
}

/** `[N, classes]` of class numbers `[N]`. */
export function oneHot({ builder }: ProgramContext, classes: Value, count: number): Value {
  const [rows = 0] = classes.shape;
  const shape = [rows, count];
  const numbers = builder.cast(builder.iota(shape, 1), 'f32');
  return builder.cast(
    builder.compare('eq', builder.broadcast(classes, shape, [0]), numbers),
    'f32',
  );
}

function width({ shape }: Value): number {
  return shape[1] ?? 1;
}
