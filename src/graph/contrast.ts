import type { Builder } from '../ir/builder';
import type { Shape, Value } from '../ir/types';
import type { Mode } from './mode';

/** One turn of a loop of `count` turns. */
export interface Turn {
  readonly index: Value;
  readonly count: number;
}

/** What a sampler of contrastive points is given (docs/semantics.md §5). */
export interface SamplingContext<P> {
  readonly builder: Builder;
  readonly params: P;
  readonly mode: Mode;
  /** y, `[B, …]`. */
  readonly observed: Value;
  /** What a generator made, `[B, …]`, for samplers that take it. */
  readonly sample: Value | null;
  /** A live parameter as an f32 scalar. */
  live(parameter: string): Value;
  /** U[0,1), fresh for each step and each turn. */
  uniform(stream: string, shape: Shape, turn?: Turn): Value;
  /** N(0,1), likewise. */
  normal(stream: string, shape: Shape, turn?: Turn): Value;
  /** F(x, ŷ) of the energy that is contrasted, at `[B·copies, …]` points, `copies` in a row for each sample. */
  energyAt(points: Value, copies?: number): Value;
  /** ∂F/∂ŷ, of the points' shape. */
  slopesAt(points: Value): Value;
  /** One sweep of Gibbs sampling over the units of the energy; the units that are not y come back by their ports. */
  sweep(units: UnitValues, turn: Turn): UnitValues;
  /** Ports of the energy whose units a sweep draws, and their sizes; y's first. */
  readonly units: readonly { readonly port: string; readonly shape: Shape }[];
  /** State of the sampler: chains that go on, a replay buffer. */
  statistic(name: string): Value;
  updateStatistic(name: string, next: (current: Value) => Value): void;
  /** The number of the step, an i32 scalar. */
  readonly step: Value;
}

/** Values `[B, …]` of an energy's units, by port. */
export type UnitValues = Readonly<Record<string, Value>>;

/** What a sampler gives. */
export interface Sampled {
  /** ŷ, `[B, …]`. */
  readonly points: Value;
  /** σ, where ŷ = y + σε: an f32 scalar. */
  readonly deviation?: Value;
}

/** What a sampler asks of the energy that it samples from. */
export type SamplerNeeds = 'nothing' | 'energy' | 'gradient' | 'conditionals';

/** A way to make contrastive points. */
export interface Sampler<P> {
  readonly needs: SamplerNeeds;
  /** How ŷ is made, to be read after it: `shuffled`, `of noise`. */
  readonly made: string;
  /** Name of the node's statistic that keeps points of its chains, where it has one. */
  readonly chains?: string;
  /** Whether ŷ is y with Gaussian noise. */
  addsNoise?(params: P): boolean;
  /** Whether ŷ comes from the node's `sample`, which is trained through it. */
  readonly generates?: boolean;
  draw(context: SamplingContext<P>): Sampled;
}

/** Contrastive points as a loss functional sees them. */
export interface Contrast {
  /** y, `[B, …]`. */
  readonly observed: Value;
  /** ŷ, `[B, …]`, a constant: no gradient flows into how it was made. */
  readonly points: Value;
  /** ŷ with the gradient by what generated it; null where nothing did. */
  readonly generated: Value | null;
  readonly deviation: Value | null;
  /**
   * F(x, ŷ), `[B]`, with the same weights and the same inference as F(x, y). `frozen`: weights are constants, so the gradient goes to
   * the points alone.
   */
  energyAt(points: Value, options?: { readonly frozen?: boolean }): Value;
  /** ∂F/∂ŷ, of the points' shape; can be differentiated by the weights. */
  slopesAt(points: Value): Value;
}

/** What a loss functional is given. */
export interface FunctionalContext<P> {
  readonly builder: Builder;
  readonly params: P;
  /** F(x, y), `[B]`. */
  readonly energy: Value;
  /** Of the `negative` input; asked of by functionals that have one. */
  readonly contrast: Contrast | null;
  /** A live parameter as an f32 scalar. */
  live(parameter: string): Value;
  /** U[0,1), fresh for each step. */
  uniform(stream: string, shape: Shape): Value;
  /** Shows a scalar beside the loss under one of the functional's names, e.g. F(ŷ). */
  report(name: string, value: Value): void;
}

/** From energies to a training signal. */
export interface Functional<P> {
  /** What its contrastive points must be made by; `any` sampler otherwise. */
  readonly takes?: 'noise' | 'generator' | 'any';
  /** Parameter with the factor of the learning rate of the weights that make its contrastive points. */
  readonly generatorRate?: string;
  /** Names of the scalars that it reports beside its loss. */
  readonly reports?: readonly string[];
  /** A scalar. */
  loss(context: FunctionalContext<P>): Value;
}
