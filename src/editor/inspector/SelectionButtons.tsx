import { BoxSelect, Copy } from 'lucide-react';
import { useBlocks } from '../blocks/blocks';
import { selectedBlock } from '../commands/blocks';
import { duplicateSelection } from '../commands/clipboard';
import { useEditorStore } from '../store/useEditor';
import { useViews } from '../store/ViewsContext';
import { IconButton } from '../ui/IconButton';

/** Copies what is selected, nodes and groups alike. */
export function DuplicateButton() {
  const store = useEditorStore();
  const views = useViews();
  return (
    <IconButton label="Duplicate" keys="Ctrl D" onClick={() => duplicateSelection(store, views)}>
      <Copy size={14} aria-hidden />
    </IconButton>
  );
}

/** Keeps what is selected for other graphs, where the browser keeps blocks. */
export function SaveBlockButton() {
  const store = useEditorStore();
  const blocks = useBlocks();
  if (!blocks) return null;
  const save = (): void => {
    const block = selectedBlock(store);
    if (block) blocks.save(block);
  };
  return (
    <IconButton label="Save to My blocks…" onClick={save}>
      <BoxSelect size={14} aria-hidden />
    </IconButton>
  );
}
