import { nodesWithin } from '../../document/groupTree';
import type { BasinDocument } from '../../document/schema';
import { drawnAs, type Views } from '../model/buildViews';
import type { EditorStore } from '../store/editorState';
import { selectionOf, type Selection } from '../store/selection';

/** Which way edges are followed, from node to node as far as they lead. */
export type Reach = 'connected' | 'upstream' | 'downstream';

/** Selects what the selection hangs together with, or depends on, or leads to; itself too. */
export function selectLinked(store: EditorStore, views: Views, reach: Reach): void {
  const { document, selection } = store.getState();
  const reached = [...reachFrom(document, startOf(document, selection, reach), reach)];
  // What is in a collapsed group is not seen: its box is selected.
  const isDrawn = (id: string): boolean => drawnAs(views, id) === id;
  store.select(
    selectionOf({
      nodes: reached.filter(isDrawn),
      groups: reached.filter((id) => !isDrawn(id)).map((id) => drawnAs(views, id)),
    }),
  );
}

/** The nodes to begin with. An edge stands for the end that lies that way. */
function startOf(document: BasinDocument, selection: Selection, reach: Reach): Set<string> {
  const ends = document.edges
    .filter(({ id }) => selection.edges.has(id))
    .flatMap(({ source, target }) => [
      ...(reach === 'downstream' ? [] : [source]),
      ...(reach === 'upstream' ? [] : [target]),
    ]);
  return new Set([...selection.nodes, ...nodesWithin(document, selection.groups), ...ends]);
}

function reachFrom({ edges }: BasinDocument, start: Set<string>, reach: Reach): Set<string> {
  const next = new Map<string, string[]>();
  const lead = (from: string, to: string): void => {
    const list = next.get(from);
    if (list) list.push(to);
    else next.set(from, [to]);
  };
  for (const { source, target } of edges) {
    if (reach !== 'upstream') lead(source, target);
    if (reach !== 'downstream') lead(target, source);
  }
  // A set hands out what is added while it is walked.
  for (const id of start) for (const other of next.get(id) ?? []) start.add(other);
  return start;
}
