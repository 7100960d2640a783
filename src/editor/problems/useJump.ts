import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import { motion } from '../commands/motion';
import { drawnAs } from '../model/buildViews';
import { useShowView } from '../narrow/narrow';
import { selectionOf } from '../store/selection';
import { useEditorStore } from '../store/useEditor';
import { useViews } from '../store/ViewsContext';

/** Selects a node, or an edge, and brings it, or the box that it is in, to the middle of the canvas. */
export function useJump(): (target: { nodeId?: string; edgeId?: string }) => void {
  const store = useEditorStore();
  const flow = useReactFlow();
  const views = useViews();
  const showView = useShowView();
  return useCallback(
    ({ nodeId, edgeId }) => {
      if (edgeId !== undefined) store.select(selectionOf({ edges: [edgeId] }));
      else if (nodeId !== undefined) store.select(selectionOf({ nodes: [nodeId] }));
      const edge = store.getState().document.edges.find(({ id }) => id === edgeId);
      const ids = edge ? [edge.source, edge.target] : nodeId === undefined ? [] : [nodeId];
      if (ids.length === 0) return;
      showView('graph');
      void flow.fitView({
        nodes: ids.map((id) => ({ id: drawnAs(views, id) })),
        duration: motion(),
        maxZoom: Math.max(1, flow.getZoom()),
        minZoom: Math.min(1, flow.getZoom()),
        padding: 0.3,
      });
    },
    [flow, showView, store, views],
  );
}
