import type {
  BasinDocument,
  DocumentNode,
  ParameterValue,
  TrainingSettings,
} from '../../document/schema';
import type { NodeDefinition } from '../../graph/nodeDefinition';
import { liveParameters, neutralValue } from '../../graph/parameterMeta';
import type { Registry } from '../../graph/registry';
import { LIVE } from '../names';

/** A live scalar that took another value: `name` is its name in `program.live`. */
export interface LiveChange {
  readonly name: string;
  readonly value: number;
}

/** What differs between two documents, for everybody downstream of the editor. */
export interface DocumentChange {
  /**
   * Something that programs are made of: nodes that compute and their order, edges, parameters that are not live,
   * settings of the optimizer. False is certain: the same programs come out. After true, `sameTrainingProgram` knows.
   */
  readonly lowers: boolean;
  /** Labels, and which notes there are: what formula, messages and views say, and no program depends on. */
  readonly annotates: boolean;
  readonly live: readonly LiveChange[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Change = Mutable<DocumentChange> & { live: LiveChange[] };

/**
 * Compares two documents. Where they share structure (unchanged parts are the same objects) the cost is that of what
 * changed. Works the same for edits, undo and redo.
 */
export function documentChange(
  before: BasinDocument,
  after: BasinDocument,
  registry: Registry,
): DocumentChange {
  const change: Change = { lowers: false, annotates: false, live: [] };
  if (before === after) return change;
  if (before.edges !== after.edges && !sameEdges(before, after)) change.lowers = true;
  if (before.training !== after.training) compareTraining(before.training, after.training, change);
  if (before.nodes !== after.nodes) compareNodes(before, after, registry, change);
  return change;
}

/** Whether the analysis may differ: live values and labels stand in the formula. */
export function changesAnalysis({ lowers, annotates, live }: DocumentChange): boolean {
  return lowers || annotates || live.length > 0;
}

/** How often to evaluate is no part of a program, the learning rate is live, and all else is compiled in. */
function compareTraining(before: TrainingSettings, after: TrainingSettings, change: Change): void {
  const { learningRate: rateBefore, evaluateEvery: _, ...compiledBefore } = before;
  const { learningRate, evaluateEvery: __, ...compiledAfter } = after;
  if (!sameValue(compiledBefore, compiledAfter)) change.lowers = true;
  if (rateBefore !== learningRate) {
    change.live.push({ name: LIVE.learningRate, value: learningRate });
  }
}

function compareNodes(
  before: BasinDocument,
  after: BasinDocument,
  registry: Registry,
  change: Change,
): void {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  // The order of nodes is the order of terms and weights: it counts as structure.
  const keptOrder =
    before.nodes.length === after.nodes.length &&
    before.nodes.every((node, index) => node.id === after.nodes[index]?.id);
  if (!keptOrder) {
    change.annotates = true;
    const computing = (nodes: readonly DocumentNode[]): string =>
      nodes
        .filter((node) => !isAnnotation(registry, node))
        .map((node) => node.id)
        .join(' ');
    if (computing(before.nodes) !== computing(after.nodes)) change.lowers = true;
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
  change: Change,
): void {
  if (before.label !== after.label) change.annotates = true;
  if (before.kind !== after.kind || before.bypassed !== after.bypassed) change.lowers = true;
  if (before.params === after.params) return;
  if (isAnnotation(registry, before) && isAnnotation(registry, after)) return;

  const definition = registry.get(after.kind);
  const live = new Set(definition === undefined ? [] : liveParameters(definition));
  const names = new Set([...Object.keys(before.params), ...Object.keys(after.params)]);
  const changed = [...names].filter((name) => !sameValue(before.params[name], after.params[name]));
  if (changed.some((name) => !live.has(name))) change.lowers = true;
  const changedLive = changed.filter((name) => live.has(name));
  if (definition === undefined || changedLive.length === 0) return;
  const values = validParameters(definition, after);
  // A value that the schema refuses is an error of the graph, which compiles no longer or again.
  const old = validParameters(definition, before);
  if (values === null || old === null) change.lowers = true;
  for (const name of changedLive) {
    const value = values?.[name];
    const neutral = neutralValue(definition, name);
    if (neutral !== null && (value === neutral) !== (old?.[name] === neutral)) change.lowers = true;
    if (typeof value === 'number') {
      change.live.push({ name: LIVE.parameter(after.id, name), value });
    }
  }
}

/** The values in force, defaults included. */
function validParameters(
  definition: NodeDefinition,
  node: DocumentNode,
): Readonly<Record<string, unknown>> | null {
  const parsed = definition.params.safeParse(node.params);
  return parsed.success ? parsed.data : null;
}

/** A note computes nothing; one with parameters that its schema refuses is an error of the graph all the same. */
function isAnnotation(registry: Registry, node: DocumentNode): boolean {
  const definition = registry.get(node.kind);
  return definition?.category === 'note' && validParameters(definition, node) !== null;
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

function sameValue(a: ParameterValue | undefined, b: ParameterValue | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
