import { selectAll } from '../arrange';
import type { Command } from '../command';
import { selectLinked, type Reach } from '../selectLinked';
import type { CommandContext } from './commandContext';

const REACHES: readonly (readonly [Reach, title: string, key: string])[] = [
  ['connected', 'Select all that is connected', 'L'],
  ['upstream', 'Select all upstream', 'U'],
  ['downstream', 'Select all downstream', 'D'],
];

export function selectCommands({ store, views, needs }: CommandContext): Command[] {
  return [
    {
      id: 'edit.selectAll',
      title: 'Select all',
      section: 'Edit',
      keys: ['Mod+A'],
      run: () => selectAll(store),
    },
    ...REACHES.map(([reach, title, key]) => ({
      id: `edit.select.${reach}`,
      title,
      section: 'Edit',
      keys: [key],
      keywords: 'linked path before after depends',
      onSelection: true,
      disabled: needs.anything,
      run: () => selectLinked(store, views, reach),
    })),
  ];
}
