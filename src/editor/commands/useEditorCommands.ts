import { useReactFlow } from '@xyflow/react';
import { useCallback, useMemo } from 'react';
import { gravestFirst } from '../../core/diagnostic';
import { useBlocks } from '../blocks/blocks';
import { useRemedy } from '../problems/useRemedy';
import { useEditorStore } from '../store/useEditor';
import { isEmptySelection } from '../store/selection';
import { useUiStore } from '../store/uiStore';
import type { Point } from '../store/uiStore';
import { useViews } from '../store/ViewsContext';
import { FIT_VIEW } from '../canvas/flow/fitView';
import { drawnAs } from '../model/buildViews';
import type { Layout } from './arrange';
import { selectedBlock } from './blocks';
import {
  autoLayout,
  bypassSelection,
  groupSelection,
  nudgeSelection,
  selectAll,
  ungroupSelection,
} from './arrange';
import {
  copySelection,
  cutSelection,
  deleteSelection,
  duplicateSelection,
  pasteText,
  readClipboard,
  writeClipboard,
} from './clipboard';
import { collapseAll, groupsAtHand, openAll, toggleCollapsed } from './collapse';
import type { Command } from './command';
import { motion } from './motion';
import { GRID } from './addNode';

const LARGE_STEP = 5 * GRID;

/** What the editor itself can do: the one table of names, keys and actions. */
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

  return useMemo(() => {
    const state = () => store.getState();
    const readOnly = () => (state().readOnly ? 'The graph is read-only here.' : null);
    const needsSelection = () =>
      readOnly() ?? (isEmptySelection(state().selection) ? 'Nothing is selected.' : null);
    const needsItems = () => {
      const { nodes, groups } = state().selection;
      return readOnly() ?? (nodes.size + groups.size === 0 ? 'No node is selected.' : null);
    };
    const needsGroup = () =>
      readOnly() ?? (groupsAtHand(store).length === 0 ? 'No group is selected.' : null);
    const needsGroupThat = (isCollapsed: boolean) => () =>
      readOnly() ??
      (state().document.groups.some(({ collapsed }) => (collapsed === true) === isCollapsed)
        ? null
        : `No group is ${isCollapsed ? 'collapsed' : 'open'}.`);
    /** What has ports to be connected: a node, or a box. */
    const connectable = (): string | null => {
      const { nodes, groups } = state().selection;
      return [...nodes, ...[...groups].filter((id) => views.boxes.has(id))].at(-1) ?? null;
    };
    const firstRemedy = () =>
      gravestFirst(store.settle().diagnostics).find(({ remedy }) => remedy)?.remedy;
    const nudge = (direction: string, dx: number, dy: number): Command[] =>
      [1, LARGE_STEP / GRID].map((factor) => ({
        id: `move.${direction}${factor === 1 ? '' : '.far'}`,
        title: `Move selection ${direction}${factor === 1 ? '' : ', a larger step'}`,
        section: 'Arrange',
        keys: [
          `${factor === 1 ? '' : 'Shift+'}${direction.charAt(0).toUpperCase()}${direction.slice(1)}`,
        ],
        repeats: true,
        hidden: true,
        offSheet: true,
        disabled: needsSelection,
        run: () => nudgeSelection(store, dx * factor, dy * factor),
      }));

    const commands: Command[] = [
      {
        id: 'edit.undo',
        title: 'Undo',
        section: 'Edit',
        keys: ['Mod+Z'],
        repeats: true,
        disabled: () => readOnly() ?? (state().undoLabel === null ? 'Nothing to undo.' : null),
        run: store.undo,
      },
      {
        id: 'edit.redo',
        title: 'Redo',
        section: 'Edit',
        keys: ['Mod+Shift+Z', 'Mod+Y'],
        repeats: true,
        disabled: () => readOnly() ?? (state().redoLabel === null ? 'Nothing to redo.' : null),
        run: store.redo,
      },
      {
        id: 'edit.copy',
        title: 'Copy selection',
        section: 'Edit',
        keys: ['Mod+C'],
        byEvent: true,
        disabled: () => (isEmptySelection(state().selection) ? 'Nothing is selected.' : null),
        run: () => void writeClipboard(copySelection(store)),
      },
      {
        id: 'edit.cut',
        title: 'Cut selection',
        section: 'Edit',
        keys: ['Mod+X'],
        byEvent: true,
        disabled: needsSelection,
        run: () => void writeClipboard(cutSelection(store)),
      },
      {
        id: 'edit.paste',
        title: 'Paste',
        section: 'Edit',
        keys: ['Mod+V'],
        byEvent: true,
        disabled: readOnly,
        run: () => {
          const at = flow.screenToFlowPosition(pointer());
          void readClipboard().then((text) => pasteText(store, text, at));
        },
      },
      {
        id: 'edit.duplicate',
        title: 'Duplicate selection',
        section: 'Edit',
        keys: ['Mod+D'],
        disabled: needsSelection,
        run: () => duplicateSelection(store, views),
      },
      {
        id: 'edit.delete',
        title: 'Delete selection',
        section: 'Edit',
        keys: ['Delete', 'Backspace'],
        disabled: needsSelection,
        run: () => deleteSelection(store),
      },
      {
        id: 'edit.selectAll',
        title: 'Select all',
        section: 'Edit',
        keys: ['Mod+A'],
        run: () => selectAll(store),
      },
      {
        id: 'graph.add',
        title: 'Add a node…',
        section: 'Graph',
        keys: ['/'],
        keywords: 'search palette insert',
        disabled: readOnly,
        run: () => {
          const at = pointer();
          ui.setState({ search: { at, position: flow.screenToFlowPosition(at), from: null } });
        },
      },
      {
        id: 'graph.connect',
        title: 'Connect the selected node…',
        section: 'Graph',
        keys: ['C'],
        keywords: 'wire edge link port',
        disabled: () => readOnly() ?? (connectable() === null ? 'No node is selected.' : null),
        run: () => ui.setState({ connectFrom: connectable() }),
      },
      {
        id: 'graph.bypass',
        title: 'Bypass selected nodes',
        section: 'Graph',
        keys: ['Mod+B'],
        keywords: 'ablation disable mute',
        disabled: needsItems,
        run: () => bypassSelection(store),
      },
      {
        id: 'graph.inspect',
        title: 'Edit the selection in the inspector',
        section: 'Graph',
        keys: ['Enter'],
        hidden: true,
        run: () => ui.setState(({ inspectorFocus }) => ({ inspectorFocus: inspectorFocus + 1 })),
      },
      {
        id: 'graph.problems',
        title: 'Show problems',
        section: 'Graph',
        keywords: 'errors warnings lint diagnostics',
        run: () => ui.setState({ problems: true }),
      },
      {
        id: 'graph.mend',
        title: 'Mend the gravest problem',
        section: 'Graph',
        keywords: 'remedy fix repair lint collapse',
        disabled: () => readOnly() ?? (firstRemedy() ? null : 'No problem has a remedy.'),
        run: () => {
          const remedy = firstRemedy();
          if (remedy) mend(remedy);
        },
      },
      {
        id: 'arrange.layout',
        title: 'Lay out automatically',
        section: 'Arrange',
        keys: ['Mod+Shift+L'],
        disabled: () =>
          readOnly() ?? (layout === undefined ? 'No layout engine is at hand.' : null),
        run: () => {
          if (layout === undefined) return;
          autoLayout(store, views, layout).then(
            () => requestAnimationFrame(() => fit()),
            (error: unknown) =>
              store.reportFault({
                code: 'run.failed',
                severity: 'error',
                message: `The automatic layout failed: ${error instanceof Error ? error.message : String(error)}`,
              }),
          );
        },
      },
      {
        id: 'arrange.group',
        title: 'Group selection',
        section: 'Arrange',
        keys: ['Mod+G'],
        disabled: needsItems,
        run: () => groupSelection(store, views),
      },
      {
        id: 'arrange.ungroup',
        title: 'Ungroup',
        section: 'Arrange',
        keys: ['Mod+Shift+G'],
        disabled: needsSelection,
        run: () => ungroupSelection(store),
      },
      {
        id: 'graph.saveBlock',
        title: 'Save the selection to My blocks…',
        section: 'Graph',
        keywords: 'block group reuse library keep',
        disabled: () => (blocks === null ? 'Blocks are not kept here.' : needsItems()),
        run: () => {
          const block = selectedBlock(store);
          if (block) blocks?.save(block);
        },
      },
      {
        id: 'graph.blocks',
        title: 'My blocks…',
        section: 'Graph',
        keywords: 'library rename export remove',
        disabled: () => (blocks === null ? 'Blocks are not kept here.' : null),
        run: () => blocks?.manage(),
      },
      {
        id: 'arrange.collapse',
        title: 'Collapse or open the group',
        section: 'Arrange',
        keys: ['E'],
        keywords: 'fold unfold expand box unit level',
        disabled: needsGroup,
        run: () => toggleCollapsed(store),
      },
      {
        id: 'arrange.collapseAll',
        title: 'Collapse all groups',
        section: 'Arrange',
        keywords: 'fold boxes overview',
        disabled: needsGroupThat(false),
        run: () => collapseAll(store),
      },
      {
        id: 'arrange.openAll',
        title: 'Open all groups',
        section: 'Arrange',
        keywords: 'unfold expand boxes',
        disabled: needsGroupThat(true),
        run: () => openAll(store),
      },
      ...nudge('left', -GRID, 0),
      ...nudge('right', GRID, 0),
      ...nudge('up', 0, -GRID),
      ...nudge('down', 0, GRID),
      {
        id: 'view.fit',
        title: 'Fit the graph into view',
        section: 'View',
        keys: ['F'],
        keywords: 'zoom',
        run: () => fit(),
      },
      {
        id: 'view.fitSelection',
        title: 'Fit the selection into view',
        section: 'View',
        keys: ['Shift+F'],
        keywords: 'zoom',
        run: () =>
          fit(
            [...state().selection.nodes, ...state().selection.groups].map((id) => ({
              id: drawnAs(views, id),
            })),
          ),
      },
      {
        id: 'view.zoomIn',
        title: 'Zoom in',
        section: 'View',
        keys: ['+', '='],
        repeats: true,
        run: () => void flow.zoomIn({ duration: motion() }),
      },
      {
        id: 'view.zoomOut',
        title: 'Zoom out',
        section: 'View',
        keys: ['-'],
        repeats: true,
        run: () => void flow.zoomOut({ duration: motion() }),
      },
      {
        id: 'help.commands',
        title: 'Command menu',
        section: 'Help',
        keys: ['Mod+K'],
        inText: true,
        hidden: true,
        run: () => ui.setState(({ commandMenu }) => ({ commandMenu: !commandMenu })),
      },
      {
        id: 'help.shortcuts',
        title: 'Keyboard shortcuts',
        section: 'Help',
        keys: ['?'],
        run: () => ui.setState({ shortcutSheet: true }),
      },
    ];
    return commands;
  }, [store, ui, flow, views, layout, pointer, fit, mend, blocks]);
}
