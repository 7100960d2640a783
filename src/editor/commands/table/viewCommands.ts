import { drawnAs, type Views } from '../../model/buildViews';
import type { EditorState } from '../../store/editorState';
import type { Command } from '../command';
import { motion } from '../motion';
import type { CommandContext } from './commandContext';

export function viewCommands({ flow, views, fit, state, needs }: CommandContext): Command[] {
  return [
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
      title: 'Zoom to the selection',
      section: 'View',
      keys: ['Shift+F'],
      onSelection: true,
      keywords: 'fit view',
      disabled: needs.anything,
      run: () => fit(selectionNodes(state(), views)),
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
  ];
}

/** What is drawn of the selection; of an edge its ends. */
function selectionNodes({ document, selection }: EditorState, views: Views): { id: string }[] {
  const ends = document.edges
    .filter(({ id }) => selection.edges.has(id))
    .flatMap(({ source, target }) => [source, target]);
  const ids = [...selection.nodes, ...selection.groups, ...ends].map((id) => drawnAs(views, id));
  return [...new Set(ids)].map((id) => ({ id }));
}
