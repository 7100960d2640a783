import { RemovalDialog } from '../../panels/ui/RemovalDialog';
import type { KeptData } from '../../storage/dataStore';
import { useApp } from '../useApp';

interface RemoveDataDialogProps {
  readonly data: KeptData;
  /** The open document names it. */
  readonly isUsed: boolean;
}

/** Removing data cannot be undone; a document that names it asks for the file. */
export function RemoveDataDialog({ data, isUsed }: RemoveDataDialogProps) {
  const { ownData, page } = useApp();
  const whose = isUsed
    ? 'The open document uses it, and cannot run until it is given the file again.'
    : 'A document that uses it cannot run until it is given the file again.';
  return (
    <RemovalDialog
      title={`Remove “${data.name}”?`}
      description={`It is removed from this browser for good. ${whose}`}
      onRemove={() => ownData.remove(data.hash)}
      onBack={() => page.setState({ dialog: { kind: 'data' } })}
    />
  );
}
