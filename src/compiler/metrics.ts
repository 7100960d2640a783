/** What a number that each step gives is. */
export type Metric =
  | { readonly kind: 'loss' }
  /** √Σ‖g‖² over all weights, before clipping. */
  | { readonly kind: 'gradNorm' }
  /** The rate of this step, by the schedule. */
  | { readonly kind: 'learningRate' }
  /** λ·t of the terms of a node: together they add up to the loss. */
  | { readonly kind: 'term'; readonly nodeId: string }
  /** t, before λ: the batch mean of an energy, or a loss. */
  | { readonly kind: 'value'; readonly nodeId: string }
  /** How well an online probe predicts the batch, before its own step: accuracy, or R². */
  | { readonly kind: 'probe'; readonly nodeId: string }
  /** What a node shows beside its term: F(ŷ), the loss of one of two players. */
  | { readonly kind: 'part'; readonly nodeId: string; readonly name: string };

/** The metrics of a program, by their names in `program.metrics` and in its order. */
export type ProgramMetrics = ReadonlyMap<string, Metric>;

/**
 * The name of a metric in `program.metrics`: another one for each metric, and nothing to be read back. What a metric is,
 * a compiled program says beside its program.
 */
export function metricName(metric: Metric): string {
  if (!('nodeId' in metric)) return metric.kind;
  const name = `${metric.kind}:${metric.nodeId}`;
  return 'name' in metric ? `${name}:${metric.name}` : name;
}

/** A metric with its number at one step. */
export interface Measurement {
  readonly metric: Metric;
  readonly value: number;
}

/** Rows of metrics as engines hand them out: `rows × names`, row-major. */
export interface NamedRows {
  readonly names: readonly string[];
  readonly values: ArrayLike<number>;
}

/** The numbers of one row, in the order of its names; names that the program's compiler did not give are left out. */
export function measurements(
  metrics: ProgramMetrics,
  { names, values }: NamedRows,
  row = 0,
): Measurement[] {
  return names.flatMap((name, column) => {
    const metric = metrics.get(name);
    return metric ? [{ metric, value: values[row * names.length + column] ?? NaN }] : [];
  });
}

/** The objective at one step. */
export interface ObjectiveNumbers {
  readonly loss: number;
  /** λ·t by node. */
  readonly terms: Readonly<Record<string, number>>;
  /** NaN where the program has no gradient. */
  readonly gradNorm: number;
  /** Of this step, by the schedule. */
  readonly learningRate: number;
}

export function objectiveNumbers(measured: readonly Measurement[]): ObjectiveNumbers {
  const only = (kind: Metric['kind']): number =>
    measured.find(({ metric }) => metric.kind === kind)?.value ?? NaN;
  const terms = measured.flatMap(({ metric, value }) =>
    metric.kind === 'term' ? [[metric.nodeId, value] as const] : [],
  );
  return {
    loss: only('loss'),
    terms: Object.fromEntries(terms),
    gradNorm: only('gradNorm'),
    learningRate: only('learningRate'),
  };
}
