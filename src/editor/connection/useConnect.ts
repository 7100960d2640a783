import { useMemo } from 'react';
import { disconnect, reconnect } from '../../document/commands/edgeCommands';
import type { Edit } from '../../document/commands/edit';
import { combineEdits } from '../commands/combineEdits';
import { nodeLabel } from '../model/documentNode';
import type { EditorStore } from '../store/editorState';
import { useEditorStore } from '../store/useEditor';
import { useUiStore } from '../store/uiStore';
import type { LooseEnd, Point, UiStore } from '../store/uiStore';
import { canConnect, linkEdit } from './canConnect';
import type { ConnectionContext, ConnectionVerdict, Link } from './canConnect';
import { fittingPort } from './candidates';

export interface Connector {
  /** `moving`: as if this edge were not there. */
  context(moving?: string | null): ConnectionContext;
  /**
   * Makes the link, or leads the edge `moving` there. Where another one enters an input that takes one, that one goes, which is said.
   * Where there is no link to be, it shows beside `at` why not and what could be done. Returns whether it was made.
   */
  attempt(end: LooseEnd, link: Link, at: Point, moving?: string | null): boolean;
  /** Takes an edge away that was let go over nothing, and says so. */
  letGo(edgeId: string): void;
  /** Says at the drop why there is nothing to connect to. */
  refuse(at: Point, message: string): void;
}

export function createConnector(store: EditorStore, ui: UiStore): Connector {
  const context = (moving: string | null = null): ConnectionContext => {
    const { document } = store.getState();
    const common = { registry: store.registry, analysis: store.settle() };
    if (moving === null) return { ...common, document, preview: store.preview };
    return {
      ...common,
      document: { ...document, edges: document.edges.filter(({ id }) => id !== moving) },
      preview: (edit) => store.preview(combineEdits(edit.label, disconnect([moving]), edit)),
    };
  };
  /** `“Encoder · out”`: where an edge comes from. */
  const originOf = ({ source, sourcePort }: { source: string; sourcePort: string }): string => {
    const node = store.getState().document.nodes.find(({ id }) => id === source);
    return `“${node ? nodeLabel(store.registry, node) : source} · ${sourcePort}”`;
  };
  const edit = ({ from, to }: Link, moving: string | null, replace: boolean): Edit => {
    const made =
      moving === null
        ? linkEdit(store.getState().document, { from, to }, replace)
        : reconnect(
            moving,
            {
              source: from.nodeId,
              sourcePort: from.port,
              target: to.nodeId,
              targetPort: to.port,
            },
            { replace },
          );
    return replace ? { ...made, label: 'Replace link' } : made;
  };
  const make = (link: Link, moving: string | null, replace = false): void => {
    const gone = replace
      ? store
          .getState()
          .document.edges.find(
            ({ id, target, targetPort }) =>
              id !== moving && target === link.to.nodeId && targetPort === link.to.port,
          )
      : undefined;
    store.edit(edit(link, moving, replace));
    const notice = gone ? `The link from ${originOf(gone)} was replaced.` : null;
    ui.setState({ refusal: null, notice });
  };
  return {
    context,
    attempt(end, link, at, moving = null) {
      const free = context(moving);
      const first = canConnect(free, link);
      const replace = !first.ok && first.reason === 'taken';
      const verdict = replace ? canConnect(free, link, { replace }) : first;
      if (verdict.ok) {
        make(link, moving, replace);
        return true;
      }
      const actions = wayOut(free, end, link, verdict, (other, anyway) =>
        make(other, moving, anyway && replace),
      );
      ui.setState({ refusal: { at, message: verdict.message, actions } });
      return false;
    },
    letGo(edgeId) {
      const gone = store.getState().document.edges.find(({ id }) => id === edgeId);
      if (!gone) return;
      store.edit({ ...disconnect([edgeId]), label: 'Remove link' });
      ui.setState({ notice: `The link from ${originOf(gone)} was removed.` });
    },
    refuse: (at, message) => ui.setState({ refusal: { at, message, actions: [] } }),
  };
}

/** What can be done instead of a refused link. */
function wayOut(
  context: ConnectionContext,
  end: LooseEnd,
  link: Link,
  verdict: Exclude<ConnectionVerdict, { ok: true }>,
  make: (link: Link, anyway: boolean) => void,
): { label: string; run: () => void }[] {
  const actions = [];
  const target = end.direction === 'output' ? link.to.nodeId : link.from.nodeId;
  const other = verdict.reason === 'self' ? null : fittingPort(context, end, target);
  if (other !== null) {
    actions.push({ label: `Connect to “${other.end.port}”`, run: () => make(other.link, false) });
  }
  if (verdict.reason === 'shape') {
    actions.push({ label: 'Connect anyway', run: () => make(link, true) });
  }
  return actions;
}

export function useConnector(): Connector {
  const store = useEditorStore();
  const ui = useUiStore();
  return useMemo(() => createConnector(store, ui), [store, ui]);
}
