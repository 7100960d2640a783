import { defined } from '../../core/invariant';
import { failure, success, type Result } from '../../core/result';
import { hasErrors } from '../../core/diagnostic';
import { sampleSize } from '../../graph/ports';
import { Builder } from '../../ir/builder';
import { elementCount, type Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import {
  OUTPUT,
  type EvaluationProgram,
  type RepresentationPort,
  type WatchedEnergy,
} from './compiled';
import { Evaluation, type EvaluationOptions, type Split } from '../lowering/lower';
import { ProgramContext } from '../lowering/programContext';
import { finishProgram } from './finishProgram';
import { portKey, type GraphNode, type PortKey } from '../graph/graph';
import { inferFreeVariables } from '../latentInference/inference';
import { lowerObjective } from './objectiveValues';
import { freePort, freeVariables } from '../analysis/objective';
import { downstream, upstream } from '../graph/topology';

/** Rows at most in one evaluation: enough for stable statistics, cheap enough to repeat while training. */
const MAX_ROWS = 512;

export interface EvaluationRequest {
  readonly split?: Split;
  readonly rows?: number;
}

/**
 * The forward pass in evaluate mode: running statistics, views off, held-out rows unless told otherwise.
 * Energies of true and shuffled pairs keep their views on, since without them the two views of a sample are one.
 */
export function compileEvaluation(
  analysis: Analysis,
  { split = 'heldOut', rows = MAX_ROWS }: EvaluationRequest = {},
): Result<EvaluationProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const builder = new Builder();
  const context = new ProgramContext(builder, analysis);
  const batch = Math.min(rows, ...datasetRows(analysis, split));
  const options: EvaluationOptions = { mode: 'evaluate', views: 'evaluate', split, batch };
  const { evaluation, metrics } = lowerObjective(context, options);

  const outputs = new Map<string, Value>();
  const representations = representationPorts(analysis, batch);
  for (const { key, nodeId, port, rows: count, dim } of representations) {
    const value = builder.reshape(evaluation.output({ nodeId, port }), [count, dim]);
    outputs.set(OUTPUT.representation(key), value);
  }
  const energies = watchedEnergies(analysis, batch, representations);
  lowerPairs(context, { ...options, views: 'train' }, energies, outputs);
  const program = finishProgram(context, { updates: new Map(), metrics, outputs });
  return success({ program, data: context.requests, batch, representations, energies });
}

function datasetRows({ graph }: Analysis, split: Split): number[] {
  return graph.nodes.flatMap((node) => {
    const dataset = node.definition.dataset?.(node.params);
    if (!dataset) return [];
    return [split === 'train' ? dataset.trainRows : dataset.heldOutRows];
  });
}

/**
 * Tensor outputs of modules. A port that an energy compares with something nothing can train lives in a space that data
 * gives, and so does one that only sets the width of a distribution: neither is an embedding that could collapse.
 */
function representationPorts(analysis: Analysis, batch: number): RepresentationPort[] {
  const { graph, types, owners } = analysis;
  const isTrainable = (id: string): boolean => upstreamTrainable(analysis, id);
  return graph.nodes
    .filter(({ id, definition }) => owners.has(id) && definition.category === 'module')
    .flatMap((node) =>
      node.ports.outputs.flatMap(({ name, type }): RepresentationPort[] => {
        const key = portKey(node.id, name);
        const tensor = types.get(key);
        if (type !== 'tensor' || !tensor) return [];
        const readers = graph.consumers.get(key) ?? [];
        const given = readers.some(({ nodeId, port }) => {
          const reader = defined(graph.byId.get(nodeId), 'reader');
          if (port === 'logVariance') return true;
          if (reader.definition.category !== 'energy') return false;
          return [...reader.inputs].some(
            ([other, sources]) =>
              other !== port && sources.some((source) => !isTrainable(source.nodeId)),
          );
        });
        const time = tensor.time ?? 1;
        return [
          {
            key,
            nodeId: node.id,
            port: name,
            label: node.label,
            rows: batch * time,
            dim: sampleSize(tensor) / time,
            space: given ? 'prediction' : 'embedding',
          },
        ];
      }),
    );
}

function upstreamTrainable({ graph, owners }: Analysis, id: string): boolean {
  return [...upstream(graph, [id])].some((above) => owners.has(above));
}

function watchedEnergies(
  analysis: Analysis,
  batch: number,
  representations: readonly RepresentationPort[],
): WatchedEnergy[] {
  return analysis.graph.nodes
    .filter(({ definition }) => definition.category === 'energy')
    .map((node) => ({
      nodeId: node.id,
      label: node.label,
      representations: representationsAbove(node, analysis, representations),
      hasGap: batch > 1 && targetPort(node, analysis) !== null,
      hasLatent: latentsAbove(node, analysis).length > 0,
    }));
}

function representationsAbove(
  { id }: GraphNode,
  { graph }: Analysis,
  representations: readonly RepresentationPort[],
): PortKey[] {
  const above = upstream(graph, [id]);
  return representations.filter(({ nodeId }) => above.has(nodeId)).map(({ key }) => key);
}

function latentsAbove({ id }: GraphNode, { graph }: Analysis): GraphNode[] {
  return [...upstream(graph, [id])]
    .flatMap((above) => graph.byId.get(above) ?? [])
    .filter(({ definition }) => definition.category === 'latent');
}

/** The input that is y: the second side, or the first where only the second depends on a free variable. */
function targetPort(energy: GraphNode, { graph }: Analysis): string | null {
  const tensorPorts = energy.ports.inputs.filter(
    ({ type, optional, name }) => type === 'tensor' && !optional && energy.inputs.has(name),
  );
  const [first, second] = tensorPorts;
  if (!first || !second) return null;
  const dependsOnFree = (port: string): boolean =>
    freeVariables(graph).some((variable) => {
      const reach = downstream(graph, { nodeId: variable.id, port: freePort(variable) });
      return (energy.inputs.get(port) ?? []).some(
        ({ nodeId }) => nodeId === variable.id || reach.has(nodeId),
      );
    });
  return dependsOnFree(second.name) && !dependsOnFree(first.name) ? first.name : second.name;
}

/**
 * F(x, y) and F(x, y_other) of every energy, the free variables inferred for each pairing; and E(x, y, z_other), which
 * says how much a latent carries.
 */
function lowerPairs(
  context: ProgramContext,
  options: EvaluationOptions,
  energies: readonly WatchedEnergy[],
  outputs: Map<string, Value>,
): void {
  const { analysis, builder } = context;
  const truth = new Evaluation(context, {
    ...options,
    outputs: inferFreeVariables(context, options),
  });
  const shuffledInputs = new Map<PortKey, (value: Value) => Value>();
  for (const { nodeId, hasGap } of energies) {
    const node = defined(analysis.graph.byId.get(nodeId), 'energy');
    const port = targetPort(node, analysis);
    if (hasGap && port) shuffledInputs.set(portKey(nodeId, port), (y) => rollRows(builder, y));
  }
  const shuffling: EvaluationOptions = { ...options, inputs: shuffledInputs };
  const shuffled = new Evaluation(context, {
    ...shuffling,
    outputs: inferFreeVariables(context, shuffling),
  });
  const latents = new Map<PortKey, Value>();
  for (const { nodeId } of energies.filter(({ hasLatent }) => hasLatent)) {
    for (const latent of latentsAbove(
      defined(analysis.graph.byId.get(nodeId), 'energy'),
      analysis,
    )) {
      for (const { name, type } of latent.ports.outputs) {
        if (type !== 'tensor') continue;
        const z = truth.output({ nodeId: latent.id, port: name });
        latents.set(portKey(latent.id, name), rollRows(builder, z));
      }
    }
  }
  const latentShuffled = new Evaluation(context, { ...options, outputs: latents });
  for (const { nodeId, hasGap, hasLatent } of energies) {
    const node = defined(analysis.graph.byId.get(nodeId), 'energy');
    const port = node.ports.outputs.find(({ type }) => type === 'energy');
    if (!port) continue;
    const reference = { nodeId, port: port.name };
    outputs.set(OUTPUT.energy(nodeId), truth.output(reference));
    if (hasGap) outputs.set(OUTPUT.shuffledEnergy(nodeId), shuffled.output(reference));
    if (hasLatent) {
      outputs.set(OUTPUT.latentShuffledEnergy(nodeId), latentShuffled.output(reference));
    }
  }
}

/** Each row gets the row after it, the last one the first: every sample meets another one's y. */
function rollRows(builder: Builder, value: Value): Value {
  const [rows = 1] = value.shape;
  if (rows < 2 || elementCount(value.shape) === 0) return value;
  return builder.concat(
    [builder.sliceAxis(value, 0, 1, rows), builder.sliceAxis(value, 0, 0, 1)],
    0,
  );
}
