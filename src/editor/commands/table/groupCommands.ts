import { groupSelection, ungroupSelection } from '../arrange';
import { collapseAll, groupsAtHand, openAll, toggleCollapsed } from '../collapse';
import type { Command } from '../command';
import type { CommandContext } from './commandContext';

export function groupCommands({ store, views, state, needs }: CommandContext): Command[] {
  const needsGroup = () =>
    needs.writable() ?? (groupsAtHand(store).length === 0 ? 'No group is selected.' : null);
  const needsGroupThat = (isCollapsed: boolean) => () =>
    needs.writable() ??
    (state().document.groups.some(({ collapsed }) => (collapsed === true) === isCollapsed)
      ? null
      : `No group is ${isCollapsed ? 'collapsed' : 'open'}.`);
  return [
    {
      id: 'arrange.group',
      title: 'Group selection',
      section: 'Arrange',
      keys: ['Mod+G'],
      onSelection: true,
      disabled: needs.items,
      run: () => groupSelection(store, views),
    },
    {
      id: 'arrange.ungroup',
      title: 'Ungroup',
      section: 'Arrange',
      keys: ['Mod+Shift+G'],
      onSelection: true,
      disabled: needs.selection,
      run: () => ungroupSelection(store),
    },
    {
      id: 'arrange.collapse',
      title: 'Collapse or open the group',
      section: 'Arrange',
      keys: ['E'],
      keywords: 'fold unfold expand box unit level',
      onSelection: true,
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
  ];
}
