import type { KeptBlock } from '../../editor/blocks/blocks';
import { RemovalDialog } from '../../panels/ui/RemovalDialog';
import { useApp } from '../useApp';

/** Removing a block cannot be undone; graphs that it was put into have their own copy. */
export function RemoveBlockDialog({ block }: { block: KeptBlock }) {
  const { blocks } = useApp();
  return (
    <RemovalDialog
      title={`Remove “${block.name}”?`}
      description="It is removed from this browser for good. Graphs that it was put into keep theirs."
      onRemove={() => blocks.remove(block.id)}
      onBack={() => blocks.manage()}
    />
  );
}
