import type { z } from 'zod';
import type { Diagnostic } from '../core/diagnostic';
import { invariant } from '../core/invariant';
import type { RandomStream } from '../core/random';
import type { Builder } from '../ir/builder';
import type { Shape, Value } from '../ir/types';
import type { Functional, Sampler, UnitValues } from './contrast';
import type { FreeVariable, ProximalTerm } from './inferenceStrategy';
import type { Mode } from './mode';
import type { Ports, TensorType } from './ports';
import type { ProbeContract } from './probe';
import { TRAINING_PARAMETERS } from './trainingParameters';

export type Category =
  | 'data'
  | 'view'
  | 'op'
  | 'module'
  | 'latent'
  | 'energy'
  | 'reg'
  | 'loss'
  | 'negative'
  | 'weights'
  | 'probe'
  | 'note';

/** Access to the inputs of a node, by port name. */
export interface Inputs<T> {
  /** The input of a required, non-variadic port. */
  one(port: string): T;
  /** The input of an optional port, or null. */
  maybe(port: string): T | null;
  /** All inputs of a variadic port, in order. */
  all(port: string): readonly T[];
}

/** A problem that a node's `infer` found. The compiler adds the node's id and label. */
export interface NodeProblem {
  readonly code: Diagnostic['code'];
  readonly message: string;
  readonly portId?: string;
  readonly hint?: string;
}

export type InferResult =
  | { readonly ok: true; readonly outputs: Readonly<Record<string, TensorType>> }
  | { readonly ok: false; readonly problem: NodeProblem };

export interface InferContext<P> {
  readonly params: P;
  /** Types of the connected tensor inputs. For `time: 'fold'` nodes without their time axis. */
  readonly inputs: Inputs<TensorType>;
}

/** How a state array starts. The key of a random initializer is added by the compiler. */
export type InitialNumbers =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly bound: number }
  | { readonly kind: 'normal'; readonly deviation: number };

/** A weight of a module. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly initial: InitialNumbers;
  /** The axis that counts its units: neurons, filters, atoms. The last one unless told otherwise. */
  readonly unitAxis?: number;
}

export interface StatisticContext<P> extends InferContext<P> {
  /** Rows of a training batch. */
  readonly batch: number;
  /** Training rows of the data that the energies below the node read; null where that is not one data set. */
  readonly rows: number | null;
}

/** Persistent, untrained state of a node: running statistics, points that a sampler goes on from. */
export interface StatisticSpec {
  readonly name: string;
  readonly shape: Shape;
  /** A number for all of them, or how they are made. */
  readonly initial: number | InitialNumbers;
}

/** How the units of an energy are distributed given the others: what Gibbs sampling needs. */
export interface Conditionals<P> {
  /** Inputs whose units are drawn, y's first. Those that are open are left out. */
  readonly ports: readonly string[];
  /** Draws every unit once. `uniform` gives U[0,1), fresh for each step and turn. */
  sweep(
    context: LowerContext<P>,
    units: UnitValues,
    uniform: (stream: string, shape: Shape) => Value,
  ): UnitValues;
}

/** What a weight link that averages is told of a training step. */
export interface AverageContext<P> {
  readonly builder: Builder;
  readonly params: P;
  /** The number of the step, an i32 scalar. */
  readonly step: Value;
  /** Steps that the document asks for. */
  readonly totalSteps: number;
  /** A live parameter as an f32 scalar. */
  live(parameter: string): Value;
}

/** What the numbers of a latent are, for those who look at it. */
export interface LatentMeaning<P> {
  /** They are the shares of codes, a number each; otherwise coordinates. */
  isCode?(params: P): boolean;
  /** Mean and log-variance of the Gaussian that an encoder gives it, of its own shape; null where none does. */
  posterior?(
    context: LowerContext<P>,
  ): { readonly mean: Value; readonly logVariance: Value } | null;
}

export interface LowerContext<P> {
  readonly builder: Builder;
  readonly params: P;
  readonly mode: Mode;
  /** Normalise by the statistics of the batch, as in training; else by running ones, which have seen many batches. */
  readonly usesBatchStatistics: boolean;
  /** Rows of this evaluation. With `time: 'fold'` inputs arrive with batch·time rows: read extents off the inputs. */
  readonly batch: number;
  /** Values of the connected tensor inputs, `[B, …]`. */
  readonly inputs: Inputs<Value>;
  readonly inputTypes: Inputs<TensorType>;
  readonly outputTypes: Readonly<Record<string, TensorType>>;
  /** A live parameter as an f32 scalar. */
  live(parameter: string): Value;
  /** A weight named in `weights()`; of the linked module when the weights are tied. */
  weight(name: string): Value;
  /** A running statistic named in `statistics()`. */
  statistic(name: string): Value;
  /** What the statistic becomes after a training step; several updates of one step are applied one after another. */
  updateStatistic(name: string, next: (current: Value) => Value): void;
  /** U[0,1), fresh for each step, the same for each (seed, node, stream, step, index). */
  uniform(stream: string, shape: Shape): Value;
  /** N(0,1), likewise. */
  normal(stream: string, shape: Shape): Value;
  /** The training rows that the batch is made of, i32[B], of the data that the energies below the node read. */
  rowNumbers(): Value;
  /** Data nodes: the batch of rows of a column, `[B, …]`. */
  column(name: string): Value;
}

/** Arrays of a data set, rows first: training rows, then held-out rows. */
export interface Dataset {
  readonly columns: Readonly<Record<string, Float32Array>>;
  /** One class number a row, for probes only. */
  readonly labels?: Int32Array;
}

export interface DatasetContext {
  /** Bytes of a file that ships with Basin, e.g. `digits.bin`, or of data that somebody brought (`ownAsset`). */
  asset(name: string): Promise<ArrayBuffer>;
  /** Random numbers that depend on the document's seed and the data set's identity only. */
  random(stream: string): RandomStream;
}

/** How a row of numbers is laid out. */
export interface PictureLayout {
  /** Height and width. */
  readonly shape: readonly [number, number];
  /** The column that has a damaged copy of it. */
  readonly damaged?: string;
}

export interface DatasetSpec {
  /** Nodes with equal ids draw the same rows. Depends on kind and on the parameters that shape the data. */
  readonly id: string;
  readonly trainRows: number;
  readonly heldOutRows: number;
  /** Column name → type of one row. */
  readonly columns: Readonly<Record<string, TensorType>>;
  /** Columns of rows of numbers that are pictures of one channel. */
  readonly pictures?: Readonly<Record<string, PictureLayout>>;
  /** Columns that say, as (x, y), where something is in the pictures of another column: their names → its name (`places.ts`). */
  readonly places?: Readonly<Record<string, string>>;
  /** How many classes its labels tell apart; without labels none. */
  readonly classes?: number;
  /** The file that somebody brought for it, where it is of one: its name, and the asset that it is kept as. */
  readonly own?: { readonly name: string; readonly asset: string };
  load(context: DatasetContext): Promise<Dataset>;
}

/** What files somebody's own data is read from. */
export type OwnDataForm = 'table' | 'images';

/** What the static lint needs to know of a node (docs/semantics.md §7), given its parameters. */
export interface Traits {
  /** Keeps per-dimension variance up on its tensor inputs. */
  readonly keepsVariance?: boolean;
  /** Drives dimensions of its tensor inputs apart. */
  readonly decorrelates?: boolean;
  /** Contrasts its inputs with negatives. */
  readonly contrasts?: boolean;
  /**
   * A map without weights whose output keeps varying where its inputs vary: `everything` loses nothing of them
   * (a change of shape), `parts` picks from them or coarsens them.
   */
  readonly passes?: 'everything' | 'parts';
  /** Limits the capacity of a latent that it acts on, or that it makes. */
  readonly boundsLatent?: boolean;
  /** Its output carries noise or misses parts of its input. */
  readonly corrupts?: boolean;
  /** No gradient passes. */
  readonly stopsGradient?: boolean;
  /** An energy whose own weights can lower it for all y alike: nothing in its form keeps it from being flat. */
  readonly sinks?: boolean;
  /** An energy, a regularizer or a loss that sees its inputs by direction only, whatever their length. */
  readonly comparesDirections?: boolean;
  /**
   * What it computes of a row depends on the others in the batch, and says nothing of a single one: a variance, batch normalisation,
   * other samples as negatives. With `places` each place of an image counts as a row.
   */
  readonly compares?: 'rows' | 'places';
}

/**
 * One kind of node: plain data and pure functions, no React. `nodes/<category>/<name>/definition.ts`
 * exports one, and `nodes/index.ts` lists it: nothing else is needed to add a kind.
 */
export interface NodeDefinition<Schema extends z.ZodObject = z.ZodObject> {
  readonly kind: string;
  readonly category: Category;
  readonly title: string;
  /** What else it is called, and the methods that are made of it, as they are spelled: search finds it by these. */
  readonly synonyms?: readonly string[];
  /** Name of an icon that the editor has (`glyphs.tsx`); the category's without one. */
  readonly icon?: string;
  /** One sentence: what it is for. */
  readonly help: string;
  /** TeX. */
  readonly formula?: string;
  /** Where the definition comes from, with section or equation. */
  readonly source: string;
  /** Parameters with defaults; `.meta({ label, live, … })` drives inspector, CLI and JSON Schema (`parameterMeta.ts`). */
  readonly params: Schema;
  ports(params: z.infer<Schema>): Ports;
  /** A title that depends on the parameters, e.g. on a module's role. */
  titleFor?(params: z.infer<Schema>): string;
  /** `fold`: time is folded into the batch around `infer` and `lower`. `aware`: the node handles it itself. */
  readonly time: 'fold' | 'aware';
  /**
   * Of a node that handles time itself: the step of its first sequence that step `step` of its outputs is about, the latest where it
   * is made of several. The same step unless told otherwise, and the last where the outputs have no time.
   */
  about?(context: InferContext<z.infer<Schema>>, step: number): number;
  /** A node that predicts the later steps of its own input: that input, and the output whose first step is about the second one. */
  readonly foretells?: { readonly input: string; readonly output: string };
  /** Output types from input types; called once all tensor inputs are known. Data nodes read `dataset` instead. */
  infer(context: InferContext<z.infer<Schema>>): InferResult;
  /** One value for each tensor, energy (`[B]`) and loss (scalar) output. */
  lower(context: LowerContext<z.infer<Schema>>): Readonly<Record<string, Value>>;
  /**
   * Trainable weights, in a fixed order. Nodes with weights have a `weights` output and an optional `weights` input, and get
   * the parameters of `trainingParameters.ts`.
   */
  weights?(context: InferContext<z.infer<Schema>>): readonly WeightSpec[];
  /** State of its own, in a fixed order. Modules that are tied share it with their weights. */
  statistics?(context: StatisticContext<z.infer<Schema>>): readonly StatisticSpec[];
  /**
   * A weight link whose readers use a running average of the weights: how far that moves towards them after a step,
   * 1 − τ, an f32 scalar.
   */
  average?(context: AverageContext<z.infer<Schema>>): Value;
  dataset?(params: z.infer<Schema>): DatasetSpec;
  /** A data node that is of somebody's own files: what these are. Its parameter `own` says which, and is null before there is one. */
  readonly ownData?: OwnDataForm;
  /** The output that inference is to find, if there is one; `lower` gives its starting point. */
  free?(params: z.infer<Schema>): FreeVariable | null;
  traits?(params: z.infer<Schema>): Traits;
  /** A latent whose numbers are more than coordinates. */
  readonly latent?: LatentMeaning<z.infer<Schema>>;
  /** A sampler of contrastive points, in place of `lower`: inputs `y` and perhaps `sample`, output `negative`. */
  readonly sampler?: Sampler<z.infer<Schema>>;
  /** A loss functional, in place of `lower`: inputs `energy` and perhaps `negative`, output `loss`. */
  readonly functional?: Functional<z.infer<Schema>>;
  /** Name of a weight whose rows are each a value of its output: atoms of a dictionary, centres, components. */
  readonly atoms?: string;
  /** A probe, in place of `lower`: inputs `in` and perhaps `target`, no output. */
  readonly probe?: ProbeContract<z.infer<Schema>>;
  /** An energy whose units can be drawn given the others. */
  readonly conditionals?: Conditionals<z.infer<Schema>>;
  /** A per-sample regularizer with a closed proximal step, which inference takes when it acts on a free variable directly. */
  readonly proximal?: ProximalTerm;
}

/**
 * Keeps the parameter type of a definition, and forgets it for the registry. A kind with weights gets the parameters that all
 * such kinds share.
 */
export function defineNode<Schema extends z.ZodObject>(
  definition: NodeDefinition<Schema>,
): NodeDefinition {
  if (!definition.weights) return definition;
  const { params, kind } = definition;
  const clash = Object.keys(TRAINING_PARAMETERS).find((name) => name in params.shape);
  invariant(clash === undefined, `${kind} has a parameter ${clash}, as all kinds with weights do`);
  return { ...definition, params: params.extend(TRAINING_PARAMETERS) };
}

export function inferred(outputs: Readonly<Record<string, TensorType>>): InferResult {
  return { ok: true, outputs };
}

export function problem(
  code: NodeProblem['code'],
  message: string,
  more: { portId?: string; hint?: string } = {},
): InferResult {
  return { ok: false, problem: { code, message, ...more } };
}
