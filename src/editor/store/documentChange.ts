import { LIVE } from '../../compiler/names';
import type {
  BasinDocument,
  DocumentNode,
  ParameterValue,
  TrainingSettings,
} from '../../document/schema';
import type { NodeDefinition } from '../../graph/nodeDefinition';
import { liveParameters } from '../../graph/parameterMeta';
import type { Registry } from '../../graph/registry';
import { resolveParameters } from '../parameters/resolveParameters';

/** A live scalar that took another value: `name` is its name in `program.live`. */
export interface LiveChange {
  readonly name: string;
  readonly value: number;
}

/** What a step from one document to the next means for everybody downstream of the editor. */
export interface DocumentChange {
  /** Another program comes out: structure, parameters that are not live, or training settings. */
  readonly compiles: boolean;
  /** The analysis may differ: all of the above, labels and live values (they stand in the formula). */
  readonly analyses: boolean;
  readonly live: readonly LiveChange[];
}

/**
 * Compares two documents that share structure (unchanged parts are the same objects), so that the cost is that of
 * what changed. Works the same for edits, undo and redo.
 */
export function documentChange(
  before: BasinDocument,
  after: BasinDocument,
  registry: Registry,
): DocumentChange {
  const change = { compiles: false, analyses: false, live: [] as LiveChange[] };
  if (before === after) return change;

  if (before.edges !== after.edges && !sameEdges(before, after)) change.compiles = true;
  if (before.training !== after.training) {
    if (!sameButForRate(before.training, after.training)) change.compiles = true;
    if (before.training.learningRate !== after.training.learningRate) {
      change.analyses = true;
      change.live.push({ name: LIVE.learningRate, value: after.training.learningRate });
    }
  }
  if (before.nodes !== after.nodes) compareNodes(before, after, registry, change);
  if (change.compiles) change.analyses = true;
  return change;
}

function compareNodes(
  before: BasinDocument,
  after: BasinDocument,
  registry: Registry,
  change: { compiles: boolean; analyses: boolean; live: LiveChange[] },
): void {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  // The order of nodes is the order of terms and weights: it counts as structure.
  const keptOrder =
    before.nodes.length === after.nodes.length &&
    before.nodes.every((node, index) => node.id === after.nodes[index]?.id);
  if (!keptOrder) {
    const computes = (nodes: readonly DocumentNode[]): string =>
      nodes
        .filter((node) => !isAnnotation(registry, node))
        .map((node) => node.id)
        .join(' ');
    change.analyses = true;
    if (computes(before.nodes) !== computes(after.nodes)) change.compiles = true;
  }
  for (const node of after.nodes) {
    const previous = old.get(node.id);
    if (previous === undefined || previous === node) continue;
    compareNode(previous, node, registry, change);
  }
}

function compareNode(
  before: DocumentNode,
  after: DocumentNode,
  registry: Registry,
  change: { compiles: boolean; analyses: boolean; live: LiveChange[] },
): void {
  if (before.label !== after.label) change.analyses = true;
  if (before.kind !== after.kind || before.bypassed !== after.bypassed) change.compiles = true;
  if (before.params === after.params) return;

  const definition = registry.get(after.kind);
  if (isAnnotation(registry, after)) return;
  const names = new Set([...Object.keys(before.params), ...Object.keys(after.params)]);
  const live = new Set(definition === undefined ? [] : liveParameters(definition));
  for (const name of names) {
    if (sameValue(before.params[name], after.params[name])) continue;
    change.analyses = true;
    const value = live.has(name) && definition ? liveValue(definition, after, name) : null;
    if (value === null) change.compiles = true;
    else change.live.push({ name: LIVE.parameter(after.id, name), value });
  }
}

/** The value in force, defaults included; null when it is no number and so cannot be a live scalar. */
function liveValue(definition: NodeDefinition, node: DocumentNode, name: string): number | null {
  const value = resolveParameters(definition, node.params)[name];
  return typeof value === 'number' ? value : null;
}

function isAnnotation(registry: Registry, node: DocumentNode): boolean {
  return registry.get(node.kind)?.category === 'note';
}

function sameEdges(before: BasinDocument, after: BasinDocument): boolean {
  if (before.edges.length !== after.edges.length) return false;
  return before.edges.every((edge, index) => {
    const other = after.edges[index];
    return (
      other !== undefined &&
      edge.source === other.source &&
      edge.sourcePort === other.sourcePort &&
      edge.target === other.target &&
      edge.targetPort === other.targetPort
    );
  });
}

function sameButForRate(before: TrainingSettings, after: TrainingSettings): boolean {
  return sameValue({ ...before, learningRate: 0 }, { ...after, learningRate: 0 });
}

function sameValue(a: ParameterValue | undefined, b: ParameterValue | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
