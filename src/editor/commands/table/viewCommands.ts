import { drawnAs } from '../../model/buildViews';
import type { Command } from '../command';
import { motion } from '../motion';
import type { CommandContext } from './commandContext';

export function viewCommands({ flow, views, fit, state }: CommandContext): Command[] {
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
  ];
}
