import { GRID } from '../addNode';
import { nudgeSelection } from '../arrange';
import type { Command } from '../command';
import type { CommandContext } from './commandContext';

const LARGE_STEP = 5 * GRID;

export function moveCommands({ store, needs }: CommandContext): Command[] {
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
      disabled: needs.selection,
      run: () => nudgeSelection(store, dx * factor, dy * factor),
    }));
  return [
    ...nudge('left', -GRID, 0),
    ...nudge('right', GRID, 0),
    ...nudge('up', 0, -GRID),
    ...nudge('down', 0, GRID),
  ];
}
