import type { Diagnostic } from '../../core/diagnostic';
import type { Traits } from '../../graph/nodeDefinition';
import { sampleSize } from '../../graph/ports';
import { nodeName } from '../graph/elaborate';
import { freePort, freeVariables } from '../graph/freeVariables';
import {
  portKey,
  type Graph,
  type GraphNode,
  type PortReference,
  type PortTypes,
} from '../graph/graph';
import { downstream, upstream } from '../graph/topology';

interface LintContext {
  readonly graph: Graph;
  readonly types: PortTypes;
  /** Trainable module → the module whose weights it uses. */
  readonly trainable: ReadonlyMap<string, string>;
  readonly batchSize: number;
}

/** One tensor input of an energy. */
interface Side {
  readonly port: string;
  readonly source: PortReference;
  readonly upstream: ReadonlySet<string>;
  readonly trainable: boolean;
}

/** What can be said of collapse before training: the static instrument of 2-semantics 2.7. */
export function lint(context: LintContext): Diagnostic[] {
  return [
    ...context.graph.nodes
      .filter(({ definition }) => definition.category === 'energy')
      .flatMap((energy) => lintEnergy(energy, context)),
    ...freeVariables(context.graph).flatMap((variable) => lintLatent(variable, context)),
    ...lintBatch(context),
    ...lintUnused(context.graph),
  ];
}

function traits(node: GraphNode): Traits {
  return node.definition.traits?.(node.params) ?? {};
}

function sides(energy: GraphNode, { graph, trainable }: LintContext): Side[] {
  return energy.ports.inputs
    .filter(({ type, optional }) => type === 'tensor' && !optional)
    .flatMap(({ name }) =>
      (energy.inputs.get(name) ?? []).map((source) => {
        const above = upstream(graph, [source.nodeId]);
        return {
          port: name,
          source,
          upstream: above,
          trainable: [...above].some((id) => trainable.has(id)),
        };
      }),
    );
}

function lintEnergy(energy: GraphNode, context: LintContext): Diagnostic[] {
  const [a, b, ...more] = sides(energy, context);
  if (!a || !b || more.length > 0) return [];
  if (a.trainable && b.trainable) return lintJointEmbedding(energy, a, b, context);
  if (!a.trainable && !b.trainable) return [];
  const [prediction, target] = a.trainable ? [a, b] : [b, a];
  const identity = lintIdentity(energy, prediction, target, context);
  if (identity) return [identity];
  return [
    {
      code: 'lint.immune',
      severity: 'info',
      nodeId: energy.id,
      portId: target.port,
      message: `${nodeName(energy)} cannot collapse: its target is observed and nothing trainable can change it (notes Fig. 5a).`,
    },
  ];
}

function lintJointEmbedding(
  energy: GraphNode,
  a: Side,
  b: Side,
  context: LintContext,
): Diagnostic[] {
  if (stoppedBehindPredictor(a, b, context) || stoppedBehindPredictor(b, a, context)) return [];
  const guards = context.graph.nodes.filter(
    (node) => guardsSide(node, a, context) || guardsSide(node, b, context),
  );
  const all = guards.map(traits);
  const keepsApart = all.some(({ keepsVariance, contrasts }) => keepsVariance || contrasts);
  if (!keepsApart) {
    return [
      {
        code: 'lint.joint-embedding-collapse',
        severity: 'warning',
        nodeId: energy.id,
        message: `${nodeName(energy)} can collapse: both its sides are trained, and nothing keeps either of them informative. Encoders that ignore their input make this energy zero everywhere (notes §4, Fig. 5b).`,
        hint: 'Add a VICReg or variance regularizer to the representations, or stop the gradient on one side with a predictor on the other.',
      },
    ];
  }
  if (!all.some(({ decorrelates, contrasts }) => decorrelates || contrasts)) {
    return [
      {
        code: 'lint.dimensional-collapse',
        severity: 'warning',
        nodeId: energy.id,
        message: `${nodeName(energy)} can collapse to few dimensions: a variance term keeps every dimension alive, but nothing drives the dimensions apart, so they may all carry the same thing.`,
        hint: 'Add a covariance term (VICReg with a covariance weight above zero).',
      },
    ];
  }
  return [];
}

/** SimSiam and BYOL: the gradient is stopped on `target`, and the other side has a trainable step more. */
function stoppedBehindPredictor(
  target: Side,
  other: Side,
  { graph, trainable }: LintContext,
): boolean {
  const open = upstream(graph, [target.source.nodeId], (node) => !traits(node).stopsGradient);
  const stopped = ![...open].some((id) => trainable.has(id));
  // A module that shares its weights with the target's side is no step more.
  const owners = new Set([...target.upstream].map((id) => trainable.get(id)));
  const predictor = [...other.upstream].some(
    (id) => trainable.has(id) && !owners.has(trainable.get(id)),
  );
  return stopped && predictor;
}

/** Whether a regularizer or contrast reads the side's value, what it is made of, or what is made of it. */
function guardsSide(node: GraphNode, side: Side, { graph, trainable }: LintContext): boolean {
  const { keepsVariance, decorrelates, contrasts } = traits(node);
  if (!keepsVariance && !decorrelates && !contrasts) return false;
  const read = [...node.inputs.values()].flat();
  const below = downstream(graph, side.source);
  return read.some(({ nodeId }) => {
    if (nodeId === side.source.nodeId || below.has(nodeId)) return true;
    // An expander may hang off any trainable step of the side.
    const above = upstream(graph, [nodeId]);
    return [...side.upstream].some((id) => trainable.has(id) && above.has(id));
  });
}

function lintIdentity(
  energy: GraphNode,
  prediction: Side,
  target: Side,
  { graph, types, trainable }: LintContext,
): Diagnostic | null {
  const targetType = types.get(portKey(target.source.nodeId, target.source.port));
  if (!targetType || !prediction.upstream.has(target.source.nodeId)) return null;
  const path = [...prediction.upstream].flatMap((id) => graph.byId.get(id) ?? []);
  const seesTarget = path.some((node) =>
    [...node.inputs.values()]
      .flat()
      .some(({ nodeId, port }) => nodeId === target.source.nodeId && port === target.source.port),
  );
  if (!seesTarget) return null;
  const guarded =
    path.some((node) => traits(node).corrupts || traits(node).boundsLatent) ||
    graph.nodes.some(
      (node) =>
        node.definition.category === 'reg' &&
        [...node.inputs.values()].flat().some(({ nodeId }) => prediction.upstream.has(nodeId)),
    );
  if (guarded) return null;
  const size = sampleSize(targetType);
  const narrowest = Math.min(
    ...path
      .filter(({ id }) => trainable.has(id))
      .flatMap((node) =>
        node.ports.outputs.flatMap(({ name }) => {
          const type = types.get(portKey(node.id, name));
          return type ? [sampleSize(type)] : [];
        }),
      ),
  );
  if (narrowest < size) return null;
  return {
    code: 'lint.identity-collapse',
    severity: 'warning',
    nodeId: energy.id,
    message: `${nodeName(energy)} can be made zero by copying: its prediction is made from its own target through ${narrowest} dimensions for a target of ${size}, with no regularizer, noise or mask between (notes §4).`,
    hint: 'Narrow the code, regularize it, or corrupt the input.',
  };
}

function lintLatent(variable: GraphNode, { graph, types }: LintContext): Diagnostic[] {
  const port = freePort(variable);
  const type = types.get(portKey(variable.id, port));
  const reach = downstream(graph, { nodeId: variable.id, port });
  const energies = [...reach].flatMap((id) => graph.byId.get(id) ?? []);
  const predicts = energies.filter(({ definition }) => definition.category === 'energy');
  if (!energies.some(({ ports }) => ports.outputs.some(({ type: kind }) => kind === 'energy'))) {
    return [
      {
        code: 'free.no-energy',
        severity: 'error',
        nodeId: variable.id,
        portId: port,
        message: `${nodeName(variable)} is to be found by minimising an energy, but reaches none.`,
        hint: 'Lead it into the prediction that an energy compares.',
      },
    ];
  }
  const readers = (graph.consumers.get(portKey(variable.id, port)) ?? []).flatMap(
    ({ nodeId }) => graph.byId.get(nodeId) ?? [],
  );
  if (
    traits(variable).boundsLatent ||
    readers.some((node) => traits(node).boundsLatent || traits(node).corrupts)
  ) {
    return [];
  }
  const width = type ? sampleSize(type) : 0;
  const unbounded = predicts.find((energy) =>
    [...energy.inputs.values()].flat().every(({ nodeId, port: source }) => {
      const target = types.get(portKey(nodeId, source));
      return !target || width >= sampleSize(target);
    }),
  );
  if (!unbounded) return [];
  return [
    {
      code: 'lint.latent-collapse',
      severity: 'warning',
      nodeId: variable.id,
      portId: port,
      message: `${nodeName(variable)} can explain the target alone: it has ${width} dimensions, as many as ${nodeName(unbounded)} compares, and nothing bounds its capacity, so the energy can be zero for every target (notes §3.2, Fig. 10).`,
      hint: 'Add an L1 or L2 regularizer on it, or give it fewer dimensions.',
    },
  ];
}

function lintBatch({ graph, batchSize }: LintContext): Diagnostic[] {
  if (batchSize >= 2) return [];
  return graph.nodes
    .filter((node) => traits(node).keepsVariance || traits(node).decorrelates)
    .map((node) => ({
      code: 'lint.batch-too-small' as const,
      severity: 'error' as const,
      nodeId: node.id,
      message: `${nodeName(node)} needs at least 2 samples a batch to estimate a variance; the batch size is ${batchSize}.`,
      hint: 'Raise the batch size in the training settings.',
    }));
}

function lintUnused(graph: Graph): Diagnostic[] {
  const terms = graph.nodes.filter(({ ports }) =>
    ports.outputs.some(({ type }) => type === 'loss' || type === 'energy'),
  );
  if (terms.length === 0) return [];
  const used = upstream(
    graph,
    terms.map(({ id }) => id),
  );
  return graph.nodes
    .filter(
      ({ id, definition }) =>
        !used.has(id) && !['note', 'probe', 'weights'].includes(definition.category),
    )
    .filter((node) => !givesWeights(graph, node))
    .map((node) => ({
      code: 'lint.unused-node' as const,
      severity: 'info' as const,
      nodeId: node.id,
      message: `${nodeName(node)} takes no part in the objective.`,
    }));
}

function givesWeights(graph: Graph, node: GraphNode): boolean {
  return node.ports.outputs.some(
    ({ name, type }) => type === 'weights' && graph.consumers.has(portKey(node.id, name)),
  );
}
