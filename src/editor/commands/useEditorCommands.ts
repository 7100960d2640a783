import { useReactFlow } from '@xyflow/react';
import { useCallback, useMemo } from 'react';
import { useBlocks } from '../blocks/blocks';
import { FIT_VIEW } from '../canvas/flow/fitView';
import { useRemedy } from '../problems/useRemedy';
import { useEditorStore } from '../store/useEditor';
import { useUiStore } from '../store/uiStore';
import type { Point } from '../store/uiStore';
import { useViews } from '../store/ViewsContext';
import type { Layout } from './arrange';
import type { Command } from './command';
import { motion } from './motion';
import { commandNeeds } from './table/commandContext';
import { editorCommands } from './table/editorCommands';

/** What the editor itself can do: names, keys and actions, from the tables of `table/`. */
export function useEditorCommands(layout: Layout | undefined, pointer: () => Point): Command[] {
  const store = useEditorStore();
  const ui = useUiStore();
  const flow = useReactFlow();
  const views = useViews();
  const mend = useRemedy();
  const blocks = useBlocks();

  const fit = useCallback(
    (nodes?: { id: string }[]) => {
      void flow.fitView({
        ...FIT_VIEW,
        duration: motion(),
        ...(nodes && { nodes }),
      });
    },
    [flow],
  );

  return useMemo(
    () =>
      editorCommands({
        store,
        ui,
        flow,
        views,
        blocks,
        layout,
        mend,
        pointer,
        fit,
        state: store.getState,
        needs: commandNeeds(store),
      }),
    [store, ui, flow, views, blocks, layout, mend, pointer, fit],
  );
}
