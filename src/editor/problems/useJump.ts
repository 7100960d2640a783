import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import { motion } from '../commands/motion';
import { selectionOf } from '../store/selection';
import { useEditorStore } from '../store/useEditor';

/** Selects a node, or an edge, and brings it to the middle of the canvas. */
export function useJump(): (target: { nodeId?: string; edgeId?: string }) => void {
  const store = useEditorStore();
  const flow = useReactFlow();
  return useCallback(
    ({ nodeId, edgeId }) => {
      if (edgeId !== undefined) store.select(selectionOf({ edges: [edgeId] }));
      else if (nodeId !== undefined) store.select(selectionOf({ nodes: [nodeId] }));
      const edge = store.getState().document.edges.find(({ id }) => id === edgeId);
      const ids = edge ? [edge.source, edge.target] : nodeId === undefined ? [] : [nodeId];
      if (ids.length === 0) return;
      void flow.fitView({
        nodes: ids.map((id) => ({ id })),
        duration: motion(),
        maxZoom: Math.max(1, flow.getZoom()),
        minZoom: Math.min(1, flow.getZoom()),
        padding: 0.3,
      });
    },
    [flow, store],
  );
}
