import {
  alignable,
  alignSelection,
  distributeSelection,
  type Alignment,
  type Direction,
} from '../align';
import type { Command } from '../command';
import type { CommandContext } from './commandContext';

const ALIGNMENTS: readonly (readonly [Alignment, title: string, key: string])[] = [
  ['left', 'Align left borders', 'Shift+L'],
  ['centre', 'Align centres, one below the other', 'Shift+C'],
  ['right', 'Align right borders', 'Shift+R'],
  ['top', 'Align upper borders', 'Shift+T'],
  ['middle', 'Align middles, side by side', 'Shift+M'],
  ['bottom', 'Align lower borders', 'Shift+B'],
];

const DIRECTIONS: readonly (readonly [Direction, title: string, key: string])[] = [
  ['across', 'Distribute side by side', 'Shift+H'],
  ['down', 'Distribute one below the other', 'Shift+V'],
];

export function alignCommands({ store, views, needs }: CommandContext): Command[] {
  const needsItems = (count: number, word: string) => () =>
    needs.writable() ?? (alignable(store, views) < count ? `Select ${word} nodes first.` : null);
  return [
    ...ALIGNMENTS.map(([alignment, title, key]) => ({
      id: `arrange.align.${alignment}`,
      title,
      section: 'Arrange',
      keys: [key],
      keywords: `align ${alignment} line`,
      onSelection: true,
      disabled: needsItems(2, 'two'),
      run: () => alignSelection(store, views, alignment),
    })),
    ...DIRECTIONS.map(([direction, title, key]) => ({
      id: `arrange.distribute.${direction}`,
      title,
      section: 'Arrange',
      keys: [key],
      keywords: 'space gap equal even',
      onSelection: true,
      disabled: needsItems(3, 'three'),
      run: () => distributeSelection(store, views, direction),
    })),
  ];
}
