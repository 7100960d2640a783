import { expect, it } from 'vitest';
import type { Command } from '../commands/command';
import { sheetSections } from './sheetSections';

const command = (id: string, more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  section: 'Edit',
  keys: ['X'],
  run: () => undefined,
  ...more,
});

const COMMANDS = [
  command('undo'),
  command('cut', { onSelection: true, disabled: () => null }),
  command('align', { onSelection: true, section: 'Arrange', disabled: () => 'Select two.' }),
  command('bypass', { onSelection: true, section: 'Graph' }),
  command('menu only', { keys: [] }),
  command('arrows', { offSheet: true }),
];

const ids = (selection: string) =>
  sheetSections(COMMANDS, selection).map(([heading, list]) => [heading, list.map(({ id }) => id)]);

it('says first, and once, what can be done with the selection', () => {
  expect(ids('1 node')).toEqual([
    ['With 1 node selected', ['cut', 'bypass']],
    ['Edit', ['undo']],
    ['Arrange', ['align']],
  ]);
});

it('goes by sections where nothing is selected', () => {
  expect(ids('')).toEqual([
    ['Edit', ['undo', 'cut']],
    ['Arrange', ['align']],
    ['Graph', ['bypass']],
  ]);
});
