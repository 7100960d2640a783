import { portKey, type GraphNode, type PortKey, type PortReference } from '../../graph/graph';
import { valueInputs } from '../../graph/topology';
import { decisiveValues } from './decisiveValues';
import { traits } from './gradients';
import type { LintContext } from './lintContext';
import { valueForms } from './valueForms';

/** What guards do for a value: keep its variance up, and drive its dimensions apart. */
export interface Protection {
  readonly variance: boolean;
  readonly decorrelation: boolean;
}

const NONE: Protection = { variance: false, decorrelation: false };

/**
 * Which values of a graph are protected from collapse. A guard (a variance, covariance or contrastive term that acts)
 * protects what it reads and whatever that is decided by, as far as its gradients go: it would see the
 * collapse of these. A value below stays protected as long as nothing trained lies between, since a trained map can
 * make a constant of anything (VICReg on encoders protects no expander). Modules that share weights on the same
 * data share protection.
 */
export function protections(context: LintContext): (value: PortReference) => Protection {
  const { graph, learned, learning } = context;
  const forms = valueForms(context);
  const found = new Map<number, Protection>();
  const protectionOf = ({ nodeId, port }: PortReference): Protection =>
    found.get(forms.get(portKey(nodeId, port)) ?? -1) ?? NONE;
  const protect = (key: PortKey, { variance, decorrelation }: Protection): void => {
    const form = forms.get(key);
    if (form === undefined) return;
    const before = found.get(form) ?? NONE;
    found.set(form, {
      variance: before.variance || variance,
      decorrelation: before.decorrelation || decorrelation,
    });
  };

  for (const guard of graph.nodes) {
    const protection = guarding(guard, context);
    if (!protection) continue;
    for (const read of valueInputs(guard)) {
      for (const { nodeId, port } of decisiveValues(graph, read)) {
        if (learning.has(nodeId)) protect(portKey(nodeId, port), protection);
      }
    }
  }
  // Sources come before their readers in `graph.nodes`.
  for (const node of graph.nodes) {
    if (!keepsInformation(node, context)) continue;
    const above = valueInputs(node)
      .filter(({ nodeId }) => learned.has(nodeId))
      .map(protectionOf);
    if (above.length === 0) continue;
    for (const { name } of node.ports.outputs) {
      protect(portKey(node.id, name), {
        variance: above.every(({ variance }) => variance),
        decorrelation: above.every(({ decorrelation }) => decorrelation),
      });
    }
  }
  return protectionOf;
}

/** What a node does for the values that it reads, or null where it is no guard or its term has no weight. */
export function guarding(node: GraphNode, { acting }: LintContext): Protection | null {
  const { keepsVariance = false, decorrelates = false, contrasts = false } = traits(node);
  if (!acting.has(node.id) || !(keepsVariance || decorrelates || contrasts)) return null;
  return { variance: keepsVariance || contrasts, decorrelation: decorrelates || contrasts };
}

/** Whether a node's output varies as long as its inputs do, whatever is learned. */
function keepsInformation(node: GraphNode, { owners, trained, averaging }: LintContext): boolean {
  return (
    traits(node).passes !== undefined ||
    node.definition.category === 'view' ||
    (owners.has(node.id) && !trained.has(node.id) && !averaging.has(node.id))
  );
}
