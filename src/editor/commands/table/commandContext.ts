import type { ReactFlowInstance } from '@xyflow/react';
import type { Blocks } from '../../blocks/blocks';
import type { Views } from '../../model/buildViews';
import type { useRemedy } from '../../problems/useRemedy';
import type { EditorState, EditorStore } from '../../store/editorState';
import { isEmptySelection } from '../../store/selection';
import type { Point, UiStore } from '../../store/uiStore';
import type { Layout } from '../arrange';

/** What the commands of the editor act on. */
export interface CommandContext {
  readonly store: EditorStore;
  readonly ui: UiStore;
  readonly flow: ReactFlowInstance;
  readonly views: Views;
  readonly blocks: Blocks | null;
  readonly layout: Layout | undefined;
  readonly mend: ReturnType<typeof useRemedy>;
  /** On the screen, where the pointer is over the canvas or was last. */
  readonly pointer: () => Point;
  /** Brings nodes into view, all where none are named. */
  readonly fit: (nodes?: { id: string }[]) => void;
  readonly state: () => EditorState;
  readonly needs: Needs;
}

/** Why a command cannot be done now, in words; null when it can. */
export interface Needs {
  readonly writable: () => string | null;
  /** Anything selected, also where the graph may only be looked at. */
  readonly anything: () => string | null;
  readonly selection: () => string | null;
  /** Nodes or groups. */
  readonly items: () => string | null;
}

export function commandNeeds({ getState }: EditorStore): Needs {
  const writable = () =>
    getState().readOnly
      ? 'The window is too narrow to edit the graph: turn the device, zoom out, or widen it.'
      : null;
  const anything = () => (isEmptySelection(getState().selection) ? 'Nothing is selected.' : null);
  return {
    writable,
    anything,
    selection: () => writable() ?? anything(),
    items: () => {
      const { nodes, groups } = getState().selection;
      return writable() ?? (nodes.size + groups.size === 0 ? 'No node is selected.' : null);
    },
  };
}
