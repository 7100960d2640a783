import { Redo2, Undo2 } from 'lucide-react';
import { keyCaps } from '../../editor/shortcuts/keys';
import { useEditor, useEditorStore } from '../../editor/store/useEditor';
import { IconButton } from '../../editor/ui/IconButton';

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** Undo and redo, by the names of what they take back. Nothing where nothing can be edited. */
export function UndoButtons() {
  const store = useEditorStore();
  const { undoLabel, redoLabel, readOnly } = useEditor(({ undoLabel, redoLabel, readOnly }) => ({
    undoLabel,
    redoLabel,
    readOnly,
  }));
  if (readOnly) return null;
  return (
    <>
      <IconButton
        label={undoLabel === null ? 'Undo' : `Undo: ${undoLabel.toLowerCase()}`}
        keys={keyCaps('Mod+Z').join(' ')}
        disabled={undoLabel === null}
        onClick={store.undo}
      >
        <Undo2 {...ICON} />
      </IconButton>
      <IconButton
        label={redoLabel === null ? 'Redo' : `Redo: ${redoLabel.toLowerCase()}`}
        keys={keyCaps('Mod+Shift+Z').join(' ')}
        disabled={redoLabel === null}
        onClick={store.redo}
      >
        <Redo2 {...ICON} />
      </IconButton>
    </>
  );
}
