import { produce } from 'immer';
import type { Result } from '../../core/result';
import { sameJson } from '../canonical';
import {
  BYPASSED,
  checkedDocument,
  setSetting,
  unusable,
  type KnownKinds,
  type SettingPlace,
} from '../changeSetting';
import type { EdgeEnds } from '../commands/edgeCommands';
import { removeSelection } from '../commands/selectionCommands';
import { freshId } from '../freshId';
import { isJsonObject } from '../json';
import type { BasinDocument, DocumentEdge, DocumentNode } from '../schema';
import { variantOf } from '../trainingVariants';
import { parseEditLine, type EditLine } from './editLine';

/** What lines are read with. */
export interface LineContext {
  readonly kinds: KnownKinds;
  /** How messages call a node; by its id unless said otherwise. */
  readonly nameOf?: (nodeId: string) => string;
}

type Line<Does extends EditLine['does']> = Extract<EditLine, { does: Does }>;

interface LineRule<Does extends EditLine['does']> {
  /** Whether the graph is already as the line makes it. */
  holds(document: BasinDocument, line: Line<Does>): boolean;
  /** Changes a draft in place; why that cannot be, or null. */
  make(draft: BasinDocument, line: Line<Does>, context: LineContext): string | null;
  /** Takes it back: what the line touches is again as in `original`. */
  takeBack(draft: BasinDocument, line: Line<Does>, original: BasinDocument): void;
}

const RULES: { readonly [Does in EditLine['does']]: LineRule<Does> } = {
  set: {
    holds: (document, { place, value }) => sameJson(settingOf(document, place), value),
    make: (draft, { place, value }, { kinds, nameOf }) =>
      place.target !== 'training' && !nodeOf(draft, place.target)
        ? missing(place.target, nameOf)
        : setSetting(draft, place, value, kinds),
    takeBack(draft, { place: changed }, original) {
      const place = wholePlace(changed);
      // A copy: what is taken back next may be a part of it.
      const before = structuredClone(settingOf(original, place));
      const node = nodeOf(draft, place.target);
      if (place.target === 'training') setSetting(draft, place, before, { get: () => undefined });
      else if (!node) return;
      else if (place.parameter === BYPASSED) setBypassed(node, before === true);
      else if (before === undefined) Reflect.deleteProperty(node.params, place.parameter);
      else setSetting(draft, place, before, { get: () => undefined });
    },
  },
  bypass: {
    holds: (document, { nodeId }) => nodeOf(document, nodeId)?.bypassed === true,
    make: (draft, { nodeId }, { nameOf }) => {
      const node = nodeOf(draft, nodeId);
      if (!node) return missing(nodeId, nameOf);
      setBypassed(node, true);
      return null;
    },
    takeBack(draft, { nodeId }, original) {
      const node = nodeOf(draft, nodeId);
      if (node) setBypassed(node, nodeOf(original, nodeId)?.bypassed === true);
    },
  },
  delete: {
    holds: (document, { nodeId }) => !nodeOf(document, nodeId),
    make: (draft, { nodeId }) => {
      removeSelection({ nodes: [nodeId] }).recipe(draft);
      return null;
    },
    takeBack(draft, { nodeId }, original) {
      const node = nodeOf(original, nodeId);
      if (!node || nodeOf(draft, nodeId)) return;
      draft.nodes.push(structuredClone(node));
      for (const edge of original.edges) {
        if (edge.source === nodeId || edge.target === nodeId) addEdge(draft, edge);
      }
    },
  },
  swap: {
    holds: (document, { nodeId, kind }) => nodeOf(document, nodeId)?.kind === kind,
    make: (draft, { nodeId, kind }, { kinds, nameOf }) => {
      const node = nodeOf(draft, nodeId);
      if (!node) return missing(nodeId, nameOf);
      node.kind = kind;
      node.label = kinds.get(kind)?.title ?? '';
      node.params = {};
      return null;
    },
    takeBack(draft, { nodeId }, original) {
      const [node, before] = [nodeOf(draft, nodeId), nodeOf(original, nodeId)];
      if (!node || !before) return;
      const { kind, label, params } = structuredClone(before);
      Object.assign(node, { kind, label, params });
    },
  },
  add: {
    holds: (document, { nodeId, kind }) => nodeOf(document, nodeId)?.kind === kind,
    make: (draft, { nodeId, kind, position }, { kinds }) => {
      const taken = [...draft.nodes, ...draft.groups, ...draft.edges].some(
        ({ id }) => id === nodeId,
      );
      if (taken) return `The graph has another “${nodeId}”.`;
      const label = kinds.get(kind)?.title ?? '';
      draft.nodes.push({ id: nodeId, kind, label, position: { ...position }, params: {} });
      return null;
    },
    takeBack: (draft, { nodeId }) => removeSelection({ nodes: [nodeId] }).recipe(draft),
  },
  connect: {
    holds: (document, { ends }) => edgeOf(document, ends) !== undefined,
    make: (draft, { ends }, { nameOf }) => {
      const gone = [ends.source, ends.target].find((id) => !nodeOf(draft, id));
      if (gone !== undefined) return missing(gone, nameOf);
      addEdge(draft, { id: '', ...ends });
      return null;
    },
    takeBack: (draft, { ends }) => removeEdge(draft, ends),
  },
  disconnect: {
    holds: (document, { ends }) => edgeOf(document, ends) === undefined,
    make: (draft, { ends }) => {
      removeEdge(draft, ends);
      return null;
    },
    takeBack(draft, { ends }, original) {
      const edge = edgeOf(original, ends);
      if (edge) addEdge(draft, edge);
    },
  },
};

/** The document with the lines made one after the other; where one cannot be, the reason. */
export function changedByLines(
  document: BasinDocument,
  lines: readonly string[],
  context: LineContext,
): Result<BasinDocument> {
  let fault: string | null = null;
  const changed = produce(document, (draft) => {
    fault = makeLines(draft, lines, context);
  });
  return fault === null ? checkedDocument(changed) : unusable(fault);
}

/** Makes what does not hold yet, in place; why one of the lines cannot be made, or null. */
export function makeLines(
  draft: BasinDocument,
  lines: readonly string[],
  context: LineContext,
): string | null {
  for (const text of lines) {
    const line = parseEditLine(text);
    if (line === null) return `“${text}” is not a change of a graph.`;
    const rule = ruleOf(line);
    const fault = rule.holds(draft, line) ? null : rule.make(draft, line, context);
    if (fault !== null) return fault;
  }
  return null;
}

/** Whether the graph is as the lines make it, all of them. */
export function linesHold(document: BasinDocument, lines: readonly string[]): boolean {
  return lines.every((text) => {
    const line = parseEditLine(text);
    return line !== null && ruleOf(line).holds(document, line);
  });
}

/** Takes the lines back, the last first: whatever they touch is again as in the document that they were written for. */
export function takeBackLines(
  draft: BasinDocument,
  lines: readonly string[],
  original: BasinDocument,
): void {
  for (const text of lines.toReversed()) {
    const line = parseEditLine(text);
    if (line !== null) ruleOf(line).takeBack(draft, line, original);
  }
}

/** Which rule a line has, its discriminant decides. */
function ruleOf(line: EditLine): LineRule<EditLine['does']> {
  return RULES[line.does] as LineRule<EditLine['does']>;
}

function missing(nodeId: string, nameOf: LineContext['nameOf']): string {
  return `The graph has no “${nameOf?.(nodeId) ?? nodeId}”.`;
}

function nodeOf({ nodes }: BasinDocument, nodeId: string): DocumentNode | undefined {
  return nodes.find(({ id }) => id === nodeId);
}

function setBypassed(node: DocumentNode, bypassed: boolean): void {
  if (bypassed) node.bypassed = true;
  else delete node.bypassed;
}

/** With another kind, all of a training setting is another. */
function wholePlace(place: SettingPlace): SettingPlace {
  const variant = place.target === 'training' ? variantOf(place.parameter) : null;
  return variant === null ? place : { target: 'training', parameter: variant };
}

function settingOf(document: BasinDocument, { target, parameter }: SettingPlace): unknown {
  if (target !== 'training') {
    const node = nodeOf(document, target);
    return parameter === BYPASSED ? node?.bypassed === true : node?.params[parameter];
  }
  return parameter
    .split('.')
    .reduce<unknown>(
      (settings, name) => (isJsonObject(settings) ? settings[name] : undefined),
      document.training,
    );
}

function edgeOf({ edges }: BasinDocument, ends: EdgeEnds): DocumentEdge | undefined {
  return edges.find((edge) => sameEnds(edge, ends));
}

function sameEnds(edge: EdgeEnds, ends: EdgeEnds): boolean {
  return (
    edge.source === ends.source &&
    edge.sourcePort === ends.sourcePort &&
    edge.target === ends.target &&
    edge.targetPort === ends.targetPort
  );
}

/** Under its own id where that is free. Not where an end is gone or the edge is there. */
function addEdge(draft: BasinDocument, edge: DocumentEdge): void {
  const isWhole = nodeOf(draft, edge.source) && nodeOf(draft, edge.target);
  if (!isWhole || edgeOf(draft, edge)) return;
  const isFree = edge.id !== '' && !draft.edges.some(({ id }) => id === edge.id);
  draft.edges.push({ ...edge, id: isFree ? edge.id : freshId(draft, 'edge') });
}

function removeEdge(draft: BasinDocument, ends: EdgeEnds): void {
  draft.edges = draft.edges.filter((edge) => !sameEnds(edge, ends));
}
