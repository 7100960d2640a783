import { hasErrors } from '../../core/diagnostic';
import { failure, success, type Result } from '../../core/result';
import { Builder } from '../../ir/builder';
import { rollRows } from '../../ir/compose';
import { elementCount, type Program, type Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { portKey } from '../graph/graph';
import { inferFreeVariables } from '../latentInference/inference';
import type { DataRequest } from '../lowering/dataRequest';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import { ProgramContext } from '../lowering/programContext';
import { OnlineProbe } from '../probes/onlineProbe';
import { ProbeValues } from '../probes/probeValues';
import { datasetRows } from './datasetRows';
import { finishProgram } from './finishProgram';
import { contrastedEvaluations } from './lowerPairs';
import { sequenceParts, type Foretelling, type SequenceData } from './sequenceParts';
import { watchEnergies } from './watchedEnergies';

/** A number for each step of a sequence that says how far a prediction is off. */
export interface SequenceCurve {
  readonly nodeId: string;
  readonly label: string;
  /** An energy of each step, or the root mean square by which predicted steps of an input differ from the true ones. */
  readonly kind: 'energy' | 'distance';
  /** The step of the data that each of its steps is about, from 0. */
  readonly frames: readonly number[];
  /** Whether it is known of other pairs, too. */
  readonly hasOthers: boolean;
}

/** Where a probe says that something is. */
export interface SequencePlaces {
  readonly nodeId: string;
  readonly label: string;
  /** Of the data, with the true places. */
  readonly column: string;
  readonly frames: readonly number[];
}

/** Names in the program's outputs. */
export const SEQUENCE_OUTPUT = {
  /** `[B, T]`. */
  curve: (nodeId: string) => `curve:${nodeId}`,
  /** `[B, T]`: of pairs that do not belong together. */
  others: (nodeId: string) => `others:${nodeId}`,
  /** `[B, T, 2]`: what a probe predicts, and what it should. */
  decoded: (nodeId: string) => `decoded:${nodeId}`,
  places: (nodeId: string) => `places:${nodeId}`,
} as const;

/** What a graph makes of the first held-out sequences, step by step, in evaluate mode (docs/semantics.md §9). */
export interface SequenceProgram {
  readonly program: Program;
  readonly data: readonly DataRequest[];
  readonly source: SequenceData;
  /** Sequences, B. */
  readonly rows: number;
  readonly curves: readonly SequenceCurve[];
  readonly places: readonly SequencePlaces[];
}

/** Sequences at most: enough for a mean, and few enough to be sent with their pictures. */
const MOST_SEQUENCES = 256;

/** Null where the graph has no data with time. */
export function compileSequence(analysis: Analysis): Result<SequenceProgram | null> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const parts = sequenceParts(analysis);
  if (!parts) return success(null);
  const context = new ProgramContext(new Builder(), analysis);
  const rows = Math.min(MOST_SEQUENCES, ...datasetRows(analysis, 'heldOut'));
  const options: EvaluationOptions = {
    ...{ mode: 'evaluate', views: 'evaluate', split: 'heldOut', batch: rows },
  };
  const found = { ...options, outputs: inferFreeVariables(context, options) };
  const outputs = new Map<string, Value>();
  const evaluation = new Evaluation(context, found);
  const curves = [
    ...lowerEnergies(context, { ...options, views: 'train' }, parts.lines, outputs),
    ...parts.foretellings.map((one) => lowerForetelling(context, evaluation, one, outputs)),
  ];
  const values = new ProbeValues(context, found);
  const places = parts.places.map(({ probe, target, column, frames }): SequencePlaces => {
    const { id: nodeId, label } = probe.node;
    const features = values.features(probe, 'trained');
    const decoded = context.builder.withOrigin(nodeId, () =>
      new OnlineProbe(context, probe, target, 'trained', features).prediction(),
    );
    const shape = [rows, frames.length, 2];
    outputs.set(SEQUENCE_OUTPUT.decoded(nodeId), context.builder.reshape(decoded, shape));
    const truth = values.target(probe, target);
    outputs.set(SEQUENCE_OUTPUT.places(nodeId), context.builder.reshape(truth, shape));
    return { nodeId, label, column, frames };
  });
  const program = finishProgram(context, { updates: new Map(), metrics: new Map(), outputs });
  return success({ program, data: context.requests, source: parts.data, rows, curves, places });
}

/** Energies over sequences before their steps are averaged, with the views on and other pairs as in every report. */
function lowerEnergies(
  context: ProgramContext,
  options: EvaluationOptions,
  lines: NonNullable<ReturnType<typeof sequenceParts>>['lines'],
  outputs: Map<string, Value>,
): SequenceCurve[] {
  const truth = new Evaluation(context, {
    ...options,
    outputs: inferFreeVariables(context, options),
  });
  const contrasted = contrastedEvaluations(context, options, truth);
  return watchEnergies(context.analysis, options.batch, []).flatMap(
    ({ node: { id: nodeId, label, ports }, contrast }): SequenceCurve[] => {
      const port = ports.outputs.find(({ type }) => type === 'energy');
      const frames = port && lines.get(portKey(nodeId, port.name));
      if (!port || !frames || frames.length < 2) return [];
      const reference = { nodeId, port: port.name };
      const steps = truth.energyBySteps(reference);
      if (!steps) return [];
      outputs.set(SEQUENCE_OUTPUT.curve(nodeId), steps);
      const others = contrast && contrasted(contrast).energyBySteps(reference);
      if (others) outputs.set(SEQUENCE_OUTPUT.others(nodeId), others);
      return [{ nodeId, label, kind: 'energy', frames, hasOthers: others !== null }];
    },
  );
}

/** √(mean over the numbers of a state of (ŝ − s)²) of each step, s being of the same sequence or of another one. */
function lowerForetelling(
  { builder }: ProgramContext,
  evaluation: Evaluation,
  { node: { id: nodeId, label }, input, output, frames }: Foretelling,
  outputs: Map<string, Value>,
): SequenceCurve {
  const count = frames.length;
  const predicted = builder.sliceAxis(evaluation.output(output), 1, 0, count);
  const truth = builder.sliceAxis(evaluation.output(input), 1, 1, 1 + count);
  const [rows = 1] = truth.shape;
  const distance = (other: Value): Value => {
    const size = elementCount(other.shape) / (rows * count);
    const error = builder.reshape(builder.sub(predicted, other), [rows, count, size]);
    return builder.sqrt(builder.mean(builder.square(error), [2]));
  };
  outputs.set(SEQUENCE_OUTPUT.curve(nodeId), distance(truth));
  outputs.set(SEQUENCE_OUTPUT.others(nodeId), distance(rollRows(builder, truth)));
  return { nodeId, label, kind: 'distance', frames, hasOthers: true };
}
