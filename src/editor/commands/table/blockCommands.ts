import { selectedBlock } from '../blocks';
import type { Command } from '../command';
import type { CommandContext } from './commandContext';

export function blockCommands({ store, blocks, needs }: CommandContext): Command[] {
  return [
    {
      id: 'graph.saveBlock',
      title: 'Save the selection to My blocks…',
      section: 'Graph',
      keywords: 'block group reuse library keep',
      disabled: () => (blocks === null ? 'Blocks are not kept here.' : needs.items()),
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
  ];
}
