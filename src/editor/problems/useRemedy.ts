import { useCallback } from 'react';
import type { Remedy } from '../../core/remedy';
import { applyRemedy } from '../commands/applyRemedy';
import { useEditorStore } from '../store/useEditor';
import { useJump } from './useJump';

/** Does what a remedy says, and shows the first node that it has changed. */
export function useRemedy(): (remedy: Remedy) => void {
  const store = useEditorStore();
  const jump = useJump();
  return useCallback(
    (remedy) => {
      const [nodeId] = applyRemedy(store, remedy) ?? [];
      if (nodeId !== undefined) requestAnimationFrame(() => jump({ nodeId }));
    },
    [jump, store],
  );
}
