import { hasErrors, type Diagnostic } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import { failure, success, type Result } from '../../core/result';
import type { Mode } from '../../graph/mode';
import { sampleSize, type TensorType } from '../../graph/ports';
import { Builder } from '../../ir/builder';
import type { Program, Shape, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { gradients } from '../autodiff/gradients';
import { portKey, type GraphNode, type PortKey, type PortReference } from '../graph/graph';
import { jointGroups } from '../graph/jointGroups';
import { inferFreeVariables } from '../latentInference/inference';
import type { DataRequest } from '../lowering/dataRequest';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import { ProgramContext } from '../lowering/programContext';
import { termWeight } from '../lowering/termWeight';
import { energyParts } from './energyParts';
import { finishProgram } from './finishProgram';

export interface EnergyAtRequest {
  /** Ports whose values are given, a row for each point: observed ones, free variables, or any other. */
  readonly given: readonly PortReference[];
  /** Points in one run of the program at most: where all values of a latent are looked at, there may be fewer. */
  readonly rows: number;
  /** The energies that count: some of those that depend on what is given, or all of these. */
  readonly among?: readonly GraphNode[];
  /** Those of the given ports by which F is differentiated. */
  readonly slopes?: readonly PortReference[];
  /** Ports whose values are wanted as well: what inference finds. */
  readonly read?: readonly PortReference[];
  /** Parts of the steps of inference after which these values are wanted, besides the end. */
  readonly after?: readonly number[];
  /** Whether views act, drawn once for all points. Off unless asked for. */
  readonly views?: Mode;
}

/** A port whose value is written into the program's state before it runs. */
export interface WrittenPort extends PortReference {
  readonly key: PortKey;
  readonly type: TensorType;
  /** Numbers in one row. */
  readonly size: number;
  /** In `program.state`: `[rows, …type]`; of a held port `[1, …type]`. */
  readonly state: string;
}

export interface HeldPort extends WrittenPort {
  /** Where its held-out rows come from. */
  readonly request: DataRequest;
}

/** F at given points: the state is that of an evaluation, and besides the points themselves. */
export interface EnergyAtProgram {
  readonly program: Program;
  readonly rows: number;
  readonly given: readonly WrittenPort[];
  /** Observed ports that the energies read and that are not given: one sample of them, for all points. */
  readonly held: readonly HeldPort[];
}

/** Evaluations of an energy in one run at most: memory for their intermediate values. */
const MOST_EVALUATIONS = 2 ** 17;

/** Names in the program's `outputs`. */
export const ENERGY_AT = {
  /** `[rows]`. */
  energy: 'energy',
  /** `[rows, …type]`: ∂F/∂(a given port). */
  slope: (key: PortKey) => `slope:${key}`,
  /** `[rows, …type]`. */
  value: (key: PortKey) => `value:${key}`,
  /** `[rows, …type]`, after one of the parts of inference that were asked for, by its place among them. */
  valueAfter: (key: PortKey, place: number) => `value:${key}@${place}`,
} as const;

/**
 * F at given points (docs/semantics.md §4): Σ λ·e over the energies that depend on what is given, with the free variables
 * that are not given inferred anew for each point. In evaluate mode, so batch statistics are not part of it.
 *
 * All other values are those of a single sample: what does not depend on the points is computed once, and random
 * numbers are drawn once and are the same for all points. Otherwise F would differ from point to point for no reason of its own.
 */
export function compileEnergyAt(
  analysis: Analysis,
  request: EnergyAtRequest,
): Result<EnergyAtProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const { given, rows: mostRows, among, slopes = [], read = [], after = [] } = request;
  const parts = energyParts(analysis, given, among);
  if (parts.energies.length === 0) return failure(noEnergy(given));
  const energies = new Set(parts.energies.map(({ id }) => id));
  const rows = Math.max(
    1,
    Math.min(mostRows, Math.floor(MOST_EVALUATIONS / codesOf(analysis, energies))),
  );
  const builder = new Builder();
  const context = new ProgramContext(builder, analysis);
  const options: EvaluationOptions = {
    mode: 'evaluate',
    views: request.views ?? 'evaluate',
    split: 'heldOut',
    batch: rows,
    alike: true,
  };

  const points = given.map((port) => writtenPort(analysis, port, 'given'));
  const held = parts.observed.map((port) => heldPort(analysis, port));
  const values = new Map(points.map((port) => [port.key, stateOf(context, port, rows)]));
  const single = new Evaluation(context, {
    ...options,
    batch: 1,
    outputs: new Map(held.map((port) => [port.key, stateOf(context, port, 1)])),
  });
  for (const constant of parts.constants) {
    const value = single.output(constant);
    values.set(portKey(constant.nodeId, constant.port), repeated(builder, value, rows));
  }
  // What is set is not looked for.
  for (const port of parts.idle) {
    const nothing = builder.constant(0, rowsOf(typeOf(analysis, port), rows));
    values.set(portKey(port.nodeId, port.port), nothing);
  }

  const found = inferFreeVariables(context, { ...options, outputs: values }, { energies });
  const evaluation = new Evaluation(context, { ...options, outputs: found });
  const terms = parts.energies.flatMap((node) =>
    node.ports.outputs
      .filter(({ type }) => type === 'energy')
      .map(({ name }) =>
        builder.mul(evaluation.output({ nodeId: node.id, port: name }), termWeight(context, node)),
      ),
  );
  const energy = terms.reduce((sum, term) => builder.add(sum, term));
  const outputs = new Map<string, Value>([[ENERGY_AT.energy, energy]]);
  const by = slopes.map(({ nodeId, port }) => {
    const key = portKey(nodeId, port);
    return { key, value: defined(values.get(key), `given ${key}`) };
  });
  // Σ over the points, so that each has its own slope.
  const derivatives = gradients(
    builder,
    builder.sum(energy),
    by.map(({ value }) => value),
  );
  by.forEach(({ key }, index) => {
    outputs.set(ENERGY_AT.slope(key), defined(derivatives[index], `slope of ${key}`));
  });
  for (const port of read) {
    outputs.set(ENERGY_AT.value(portKey(port.nodeId, port.port)), evaluation.output(port));
  }
  after.forEach((effort, place) => {
    const partly = inferFreeVariables(
      context,
      { ...options, outputs: values },
      { energies, effort },
    );
    const before = new Evaluation(context, { ...options, outputs: partly });
    for (const port of read) {
      const key = portKey(port.nodeId, port.port);
      outputs.set(ENERGY_AT.valueAfter(key, place), before.output(port));
    }
  });
  const program = finishProgram(context, { updates: new Map(), metrics: new Map(), outputs });
  return success({ program, rows, given: points, held });
}

/** Values that are looked at for each point where inference looks at all of them. */
function codesOf({ graph }: Analysis, energies: ReadonlySet<string>): number {
  const counts = jointGroups(graph)
    .filter(
      ({ search, variables }) =>
        search.looksAtCodes &&
        variables.some((variable) => variable.energies.some(({ id }) => energies.has(id))),
    )
    .map(({ variables }) =>
      variables.reduce((product, { codes }) => product * (codes?.count ?? 1), 1),
    );
  return Math.max(1, ...counts);
}

function stateOf(
  context: ProgramContext,
  { nodeId, state, type }: WrittenPort,
  rows: number,
): Value {
  return context.stateArray({
    name: state,
    shape: rowsOf(type, rows),
    dtype: 'f32',
    initializer: { kind: 'constant', value: 0 },
    purpose: 'model',
    origin: nodeId,
  });
}

function rowsOf({ time, shape }: TensorType, rows: number): Shape {
  return [rows, ...(time === null ? [] : [time]), ...shape];
}

function typeOf({ types }: Analysis, { nodeId, port }: PortReference): TensorType {
  return defined(types.get(portKey(nodeId, port)), `type of ${nodeId}.${port}`);
}

function writtenPort(
  analysis: Analysis,
  { nodeId, port }: PortReference,
  role: 'given' | 'held',
): WrittenPort {
  const key = portKey(nodeId, port);
  const type = typeOf(analysis, { nodeId, port });
  return { nodeId, port, key, type, size: sampleSize(type), state: `${role}:${key}` };
}

function heldPort(analysis: Analysis, port: PortReference): HeldPort {
  return { ...writtenPort(analysis, port, 'held'), request: heldOutRows(analysis, port) };
}

/** The held-out rows of an observed port. */
export function heldOutRows({ graph }: Analysis, { nodeId, port }: PortReference): DataRequest {
  const node = defined(graph.byId.get(nodeId), `node ${nodeId}`);
  const dataset = defined(node.definition.dataset?.(node.params), `data set of ${nodeId}`);
  return { name: portKey(nodeId, port), dataset, column: port, split: 'heldOut' };
}

/** `[1, …]` to `[rows, …]`. */
function repeated(builder: Builder, value: Value, rows: number): Value {
  const [, ...shape] = value.shape;
  return builder.broadcast(value, [rows, ...shape], [0, ...shape.map((_, axis) => axis + 1)]);
}

function noEnergy(given: readonly PortReference[]): Diagnostic {
  const names = given.map(({ nodeId, port }) => `“${portKey(nodeId, port)}”`).join(' or ');
  return {
    code: 'points.mismatch',
    severity: 'error',
    message: `No energy depends on ${names || 'anything that is given'}.`,
    hint: 'Give values to something that an energy is computed from.',
  };
}
