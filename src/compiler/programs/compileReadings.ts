import { hasErrors } from '../../core/diagnostic';
import { failure, success, type Result } from '../../core/result';
import { sampleSize } from '../../graph/ports';
import { Builder } from '../../ir/builder';
import type { Program, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { portKey, type PortReference } from '../graph/graph';
import { jointGroups } from '../graph/jointGroups';
import { inferFreeVariables } from '../latentInference/inference';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import { ProgramContext } from '../lowering/programContext';
import type { WrittenPort } from './compileEnergyAt';
import { finishProgram } from './finishProgram';

/** Values of some ports for samples that are written into the program's state, so that there may be any number of them. */
export interface ReadingsProgram {
  readonly program: Program;
  /** Samples of one run. */
  readonly rows: number;
  /** Observed ports, `[rows, …type]` in the state. */
  readonly observed: readonly WrittenPort[];
  /** Other ports whose values are written, in the state as well. */
  readonly given: readonly WrittenPort[];
  /** Outputs of the program by key: `[rows, …type]`, of an energy `[rows]`. */
  readonly read: readonly PortReference[];
}

/** Samples of one run at most, and evaluations where each value of a latent is looked at: memory for what is between. */
const MOST_ROWS = 256;
const MOST_EVALUATIONS = 2 ** 16;

/** In evaluate mode with the views off (docs/semantics.md §9), free variables inferred unless they are given. */
export function compileReadings(
  analysis: Analysis,
  read: readonly PortReference[],
  given: readonly PortReference[] = [],
): Result<ReadingsProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const context = new ProgramContext(new Builder(), analysis);
  const rows = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_EVALUATIONS / codesOf(analysis))));
  const observed = observedPorts(analysis);
  const chosen = given.flatMap((port) => writtenPort(analysis, port, 'given'));
  const values = new Map(
    [...observed, ...chosen].map(({ key, nodeId, type, state }): [typeof key, Value] => {
      const shape = [rows, ...(type.time === null ? [] : [type.time]), ...type.shape];
      const value = context.stateArray({
        ...{ name: state, shape, dtype: 'f32', purpose: 'model', origin: nodeId },
        initializer: { kind: 'constant', value: 0 },
      });
      return [key, value];
    }),
  );
  const options: EvaluationOptions = {
    ...{ mode: 'evaluate', views: 'evaluate', split: 'heldOut', batch: rows },
    outputs: values,
  };
  const found = inferFreeVariables(context, options);
  const evaluation = new Evaluation(context, { ...options, outputs: found });
  const outputs = new Map(
    read.map((port) => [portKey(port.nodeId, port.port), evaluation.output(port)] as const),
  );
  const program = finishProgram(context, { updates: new Map(), metrics: new Map(), outputs });
  return success({ program, rows, observed, given: chosen, read });
}

/** What data gives and something reads. */
function observedPorts(analysis: Analysis): WrittenPort[] {
  const { graph } = analysis;
  return graph.nodes
    .filter(({ definition }) => definition.dataset)
    .flatMap((node) =>
      node.ports.outputs
        .filter(({ name }) => graph.consumers.has(portKey(node.id, name)))
        .flatMap(({ name }) => writtenPort(analysis, { nodeId: node.id, port: name }, 'observed')),
    );
}

/** Nothing where it is no tensor. */
function writtenPort(
  { types }: Analysis,
  { nodeId, port }: PortReference,
  role: 'observed' | 'given',
): WrittenPort[] {
  const key = portKey(nodeId, port);
  const type = types.get(key);
  if (!type) return [];
  return [{ nodeId, port, key, type, size: sampleSize(type), state: `${role}:${key}` }];
}

/** Values that inference looks at for each sample at most. */
function codesOf({ graph }: Analysis): number {
  const counts = jointGroups(graph)
    .filter(({ search }) => search.looksAtCodes)
    .map(({ variables }) =>
      variables.reduce((product, { codes }) => product * (codes?.count ?? 1), 1),
    );
  return Math.max(1, ...counts);
}
