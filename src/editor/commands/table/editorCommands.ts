import type { Command } from '../command';
import { alignCommands } from './alignCommands';
import { blockCommands } from './blockCommands';
import type { CommandContext } from './commandContext';
import { editCommands } from './editCommands';
import { graphCommands } from './graphCommands';
import { groupCommands } from './groupCommands';
import { helpCommands } from './helpCommands';
import { layoutCommands } from './layoutCommands';
import { moveCommands } from './moveCommands';
import { selectCommands } from './selectCommands';
import { viewCommands } from './viewCommands';
import { wireCommands } from './wireCommands';

type CommandGroup = (context: CommandContext) => readonly Command[];

/** All that the editor itself can do, in the order of the command menu and of the shortcut sheet. */
const GROUPS: readonly CommandGroup[] = [
  editCommands,
  selectCommands,
  graphCommands,
  wireCommands,
  blockCommands,
  layoutCommands,
  groupCommands,
  alignCommands,
  moveCommands,
  viewCommands,
  helpCommands,
];

export function editorCommands(context: CommandContext): Command[] {
  return GROUPS.flatMap((commandsOf) => commandsOf(context));
}
