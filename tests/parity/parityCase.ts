import { RandomStream, randomKey } from '../../src/core/random';
import { Builder } from '../../src/ir/builder';
import {
  elementCount,
  type DataSpec,
  type DType,
  type LiveSpec,
  type OpKind,
  type Program,
  type Shape,
  type StateSpec,
  type Value,
} from '../../src/ir/types';
import type { HostArray } from '../../src/engine/engine';

/** A small program with its data, on which every engine must agree with the reference engine. */
export interface ParityCase {
  readonly name: string;
  /** What it is about; it may use other ops on the way. */
  readonly ops: readonly OpKind[];
  readonly program: Program;
  readonly data: Map<string, HostArray>;
  /** How many steps to run, at least 1. */
  readonly steps: number;
  /** Live scalars to set between the first step and the rest. */
  readonly liveAfterFirstStep?: Readonly<Record<string, number>>;
  /** An element agrees when |actual − expected| ≤ absoluteTolerance + relativeTolerance·|expected|. */
  readonly relativeTolerance: number;
  readonly absoluteTolerance: number;
}

/** What `ParityDraft.finish` may be told; the defaults suit one float32 operation. */
export interface ParityOptions {
  readonly steps?: number;
  readonly liveAfterFirstStep?: Readonly<Record<string, number>>;
  readonly relativeTolerance?: number;
  readonly absoluteTolerance?: number;
}

/** Makes the numbers of an input; called once for each element in row-major order. */
export type Fill = (random: RandomStream, index: number) => number;

/** Builds one parity case: a builder, with inputs that bring their own data. */
export class ParityDraft {
  readonly builder = new Builder();
  readonly random: RandomStream;
  private readonly dataSpecs: DataSpec[] = [];
  private readonly stateSpecs: StateSpec[] = [];
  private readonly liveSpecs: LiveSpec[] = [];
  private readonly data = new Map<string, HostArray>();
  private readonly updates = new Map<string, Value>();
  private readonly metrics = new Map<string, Value>();
  private readonly outputs = new Map<string, Value>();

  constructor(
    private readonly name: string,
    private readonly ops: readonly OpKind[],
    seed: number,
  ) {
    this.random = new RandomStream(randomKey(seed, name, 'parity'));
  }

  /** A data input whose values come from `fill`. */
  input(shape: Shape, fill: Fill = signed, dtype: DType = 'f32'): Value {
    const name = `x${this.dataSpecs.length}`;
    const length = elementCount(shape);
    const values = Array.from({ length }, (_, index) => fill(this.random, index));
    this.dataSpecs.push({ name, shape, dtype });
    this.data.set(name, dtype === 'f32' ? Float32Array.from(values) : Int32Array.from(values));
    return this.builder.input('data', name, shape, dtype);
  }

  /** i32 data, uniform in 0..bound−1. */
  indices(shape: Shape, bound: number): Value {
    return this.input(shape, (random) => random.integer(bound), 'i32');
  }

  /** bool data, each true with probability one half. */
  mask(shape: Shape): Value {
    return this.input(shape, (random) => random.integer(2), 'bool');
  }

  state(
    name: string,
    shape: Shape,
    initializer: StateSpec['initializer'] = { kind: 'constant', value: 0 },
    dtype: DType = 'f32',
  ): Value {
    this.stateSpecs.push({ name, shape, dtype, initializer, purpose: 'weight', origin: null });
    return this.builder.input('state', name, shape, dtype);
  }

  live(name: string, initial: number): Value {
    this.liveSpecs.push({ name, initial });
    return this.builder.input('live', name, [], 'f32');
  }

  step(): Value {
    return this.builder.input('step', 'step', [], 'i32');
  }

  update(state: string, value: Value): void {
    this.updates.set(state, value);
  }

  metric(name: string, value: Value): void {
    this.metrics.set(name, value);
  }

  output(value: Value, name = `y${this.outputs.size}`): void {
    this.outputs.set(name, value);
  }

  finish(options: ParityOptions = {}): ParityCase {
    return {
      name: this.name,
      ops: this.ops,
      program: {
        data: this.dataSpecs,
        state: this.stateSpecs,
        live: this.liveSpecs,
        phases: this.builder.takePhases(),
        updates: this.updates,
        metrics: this.metrics,
        outputs: this.outputs,
      },
      data: this.data,
      steps: options.steps ?? 1,
      liveAfterFirstStep: options.liveAfterFirstStep,
      relativeTolerance: options.relativeTolerance ?? 2e-5,
      absoluteTolerance: options.absoluteTolerance ?? 1e-5,
    };
  }
}

/** Builds one case in the draft it is given; returns what differs from the default run and tolerance. */
export type CaseMaker = (draft: ParityDraft) => ParityOptions | undefined;

/** Case names and makers for one op. */
export type OpCases = Readonly<Record<string, CaseMaker>>;

/** Uniform in (−2, 2). */
export const signed: Fill = (random) => random.uniform() * 4 - 2;

/** Uniform in (0.2, 3): away from the poles of division and logarithm. */
export const positive: Fill = (random) => 0.2 + random.uniform() * 2.8;

/** Uniform in [0, 1). */
export const unit: Fill = (random) => random.uniform();

/** Whole numbers in −9..9. */
export const whole: Fill = (random) => random.integer(19) - 9;

/** A number between two whole ones, at least 0.2 from either. */
export const fractional: Fill = (random) => random.integer(13) - 6 + 0.2 + 0.6 * random.uniform();

/** Distinct at any scale that float32 sees: an index scattered by a multiplier coprime to `count`. */
export function distinct(count: number): Fill {
  return (_, index) => ((index * 7919) % count) * 0.37 - count * 0.1;
}
