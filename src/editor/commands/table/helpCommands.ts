import type { Command } from '../command';
import type { CommandContext } from './commandContext';

export function helpCommands({ ui }: CommandContext): Command[] {
  return [
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
}
