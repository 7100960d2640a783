import { isEmptySelection } from '../../store/selection';
import { selectAll } from '../arrange';
import {
  copySelection,
  cutSelection,
  deleteSelection,
  duplicateSelection,
  pasteText,
  readClipboard,
  writeClipboard,
} from '../clipboard';
import type { Command } from '../command';
import type { CommandContext } from './commandContext';

export function editCommands(context: CommandContext): Command[] {
  const { store, views, flow, pointer, state, needs } = context;
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
      byEvent: true,
      disabled: () => (isEmptySelection(state().selection) ? 'Nothing is selected.' : null),
      run: () => void writeClipboard(copySelection(store)),
    },
    {
      id: 'edit.cut',
      title: 'Cut selection',
      section: 'Edit',
      keys: ['Mod+X'],
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
      disabled: needs.selection,
      run: () => duplicateSelection(store, views),
    },
    {
      id: 'edit.delete',
      title: 'Delete selection',
      section: 'Edit',
      keys: ['Delete', 'Backspace'],
      disabled: needs.selection,
      run: () => deleteSelection(store),
    },
    {
      id: 'edit.selectAll',
      title: 'Select all',
      section: 'Edit',
      keys: ['Mod+A'],
      run: () => selectAll(store),
    },
  ];
}
