import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import type { Remedy } from '../../core/remedy';
import { applyRemedy } from '../commands/applyRemedy';
import { useOwnData } from '../ownData/ownData';
import { useEditorStore } from '../store/useEditor';
import { useJump } from './useJump';

/** Does what a remedy says. Where what it has changed is out of sight, the camera goes there. */
export function useRemedy(): (remedy: Remedy) => void {
  const store = useEditorStore();
  const flow = useReactFlow();
  const canvas = useStoreApi();
  const jump = useJump();
  const ownData = useOwnData();
  return useCallback(
    (remedy) => {
      const [first] = remedy.steps;
      if (first?.kind === 'chooseFile') {
        ownData?.chooseFile(first.nodeId);
        return;
      }
      const nodeIds = applyRemedy(store, remedy) ?? [];
      const isInSight = (nodeId: string): boolean => {
        const { x, y, width, height } = flow.getNodesBounds([nodeId]);
        const { transform, width: right, height: bottom } = canvas.getState();
        const [left, top, zoom] = transform;
        return (
          x * zoom + left >= 0 &&
          y * zoom + top >= 0 &&
          (x + width) * zoom + left <= right &&
          (y + height) * zoom + top <= bottom
        );
      };
      // Once a new node is on the canvas.
      requestAnimationFrame(() => {
        const nodeId = nodeIds.find((id) => !isInSight(id));
        if (nodeId !== undefined) jump({ nodeId });
      });
    },
    [canvas, flow, jump, ownData, store],
  );
}
