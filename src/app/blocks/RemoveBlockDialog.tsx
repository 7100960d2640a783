import type { KeptBlock } from '../../editor/blocks/blocks';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import { useApp } from '../useApp';

/** Removing a block cannot be undone; graphs that it was put into have their own copy. */
export function RemoveBlockDialog({ block }: { block: KeptBlock }) {
  const { blocks } = useApp();
  const back = (): void => blocks.manage();
  return (
    <Dialog
      title={`Remove “${block.name}”?`}
      description="It is removed from this browser for good. Graphs that it was put into keep theirs."
      width={440}
      onClose={back}
      actions={
        <>
          <Button onClick={back}>Keep it</Button>
          <Button kind="danger" onClick={() => void blocks.remove(block.id).then(back)}>
            Remove
          </Button>
        </>
      }
    />
  );
}
