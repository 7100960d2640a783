import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { defined } from '../../core/invariant';
import type { EditorState, EditorStore } from './editorState';
import type { NodeOverlay, OverlayState } from './overlayStore';

const EditorContext = createContext<EditorStore | null>(null);

/** Makes a store available to the editor, the panels and everything else of the page. */
export function EditorProvider({ store, children }: { store: EditorStore; children: ReactNode }) {
  return <EditorContext value={store}>{children}</EditorContext>;
}

/** The store itself, for actions. It never changes, so nothing redraws for it. */
export function useEditorStore(): EditorStore {
  return defined(useContext(EditorContext), 'EditorProvider');
}

/** A part of the editor's state. Objects and arrays are compared one level deep. */
export function useEditor<T>(selector: (state: EditorState) => T): T {
  return useStore(useEditorStore(), useShallow(selector));
}

/** What the run shows on one node; redraws only when that node's entry changes. */
export function useOverlay(nodeId: string): NodeOverlay | undefined {
  return useStore(useEditorStore().overlays, ({ overlays }) => overlays.get(nodeId));
}

export function useOverlayState<T>(selector: (state: OverlayState) => T): T {
  return useStore(useEditorStore().overlays, useShallow(selector));
}
