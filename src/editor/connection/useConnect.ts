import { useMemo } from 'react';
import type { EditorStore } from '../store/editorState';
import { useEditorStore } from '../store/useEditor';
import { useUiStore } from '../store/uiStore';
import type { LooseEnd, Point, UiStore } from '../store/uiStore';
import { canConnect, linkEdit } from './canConnect';
import type { ConnectionContext, ConnectionVerdict, Link } from './canConnect';
import { fittingPort } from './candidates';

export interface Connector {
  context(): ConnectionContext;
  /** Makes the link, or shows beside `at` why not and what could be done. Returns whether it was made. */
  attempt(end: LooseEnd, link: Link, at: Point): boolean;
  /** Says at the drop why there is nothing to connect to. */
  refuse(at: Point, message: string): void;
}

export function createConnector(store: EditorStore, ui: UiStore): Connector {
  const context = (): ConnectionContext => ({
    document: store.getState().document,
    registry: store.registry,
    analysis: store.settle(),
    preview: store.preview,
  });

  const make = (link: Link, replace = false): void => {
    store.edit(linkEdit(store.getState().document, link, replace));
    ui.setState({ refusal: null });
  };

  return {
    context,
    attempt(end, link, at) {
      const verdict = canConnect(context(), link);
      if (verdict.ok) {
        make(link);
        return true;
      }
      ui.setState({
        refusal: {
          at,
          message: verdict.message,
          actions: wayOut(context(), end, link, verdict, make),
        },
      });
      return false;
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
  make: (link: Link, replace?: boolean) => void,
): { label: string; run: () => void }[] {
  const actions = [];
  if (verdict.reason === 'taken') {
    actions.push({ label: 'Replace the edge', run: () => make(link, true) });
  }
  const target = end.direction === 'output' ? link.to.nodeId : link.from.nodeId;
  const other = verdict.reason === 'self' ? null : fittingPort(context, end, target);
  if (other !== null) {
    actions.push({ label: `Connect to “${other.end.port}”`, run: () => make(other.link) });
  }
  if (verdict.reason === 'shape') {
    actions.push({ label: 'Connect anyway', run: () => make(link) });
  }
  return actions;
}

export function useConnector(): Connector {
  const store = useEditorStore();
  const ui = useUiStore();
  return useMemo(() => createConnector(store, ui), [store, ui]);
}
