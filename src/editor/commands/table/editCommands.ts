import {
  copySelection,
  cutSelection,
  deleteSelection,
  duplicateSelection,
  readClipboard,
  writeClipboard,
} from '../clipboard';
import { pasteText } from '../pasteText';
import type { Command } from '../command';
import type { CommandContext } from './commandContext';

export function editCommands(context: CommandContext): Command[] {
  const { store, ui, views, flow, pointer, state, needs } = context;
  return [
    {
      id: 'edit.undo',
      title: 'Undo',
      section: 'Edit',
      keys: ['Mod+Z'],
      repeats: true,
      disabled: () => needs.writable() ?? (state().undoLabel === null ? 'Nothing to undo.' : null),
      run: store.undo,
    },
    {
      id: 'edit.redo',
      title: 'Redo',
      section: 'Edit',
      keys: ['Mod+Shift+Z', 'Mod+Y'],
      repeats: true,
      disabled: () => needs.writable() ?? (state().redoLabel === null ? 'Nothing to redo.' : null),
      run: store.redo,
    },
    {
      id: 'edit.copy',
      title: 'Copy selection',
      section: 'Edit',
      keys: ['Mod+C'],
      onSelection: true,
      byEvent: true,
      disabled: needs.anything,
      run: () => void writeClipboard(copySelection(store)),
    },
    {
      id: 'edit.cut',
      title: 'Cut selection',
      section: 'Edit',
      keys: ['Mod+X'],
      onSelection: true,
      byEvent: true,
      disabled: needs.selection,
      run: () => void writeClipboard(cutSelection(store)),
    },
    {
      id: 'edit.paste',
      title: 'Paste',
      section: 'Edit',
      keys: ['Mod+V'],
      byEvent: true,
      disabled: needs.writable,
      run: () => {
        const at = flow.screenToFlowPosition(pointer());
        void readClipboard().then((text) => pasteText(store, text, at));
      },
    },
    {
      id: 'edit.duplicate',
      title: 'Duplicate selection',
      section: 'Edit',
      keys: ['Mod+D'],
      onSelection: true,
      disabled: needs.selection,
      run: () => duplicateSelection(store, views),
    },
    {
      id: 'edit.delete',
      title: 'Delete selection',
      section: 'Edit',
      keys: ['Delete', 'Backspace'],
      onSelection: true,
      disabled: needs.selection,
      run: () => deleteSelection(store),
    },
    {
      id: 'edit.rename',
      title: 'Rename on the canvas',
      section: 'Edit',
      keys: ['F2'],
      keywords: 'label title name',
      onSelection: true,
      disabled: () =>
        needs.writable() ??
        (renamable(context) === null ? 'Select one node or group first.' : null),
      run: () => ui.setState({ renaming: renamable(context) }),
    },
  ];
}

/** The one thing that is selected, where its label is seen. */
function renamable({ state, views }: CommandContext): string | null {
  const { nodes, groups } = state().selection;
  const [id, ...more] = [...nodes, ...groups];
  if (id === undefined || more.length > 0 || views.hidden.has(id)) return null;
  return views.nodes.get(id)?.outline === 'paper' ? null : id;
}
