import { plural } from '../../core/formatNumber';
import { RemovalDialog } from '../../panels/ui/RemovalDialog';
import type { DocumentSummary } from '../persistence/documentStore';
import { useApp } from '../useApp';

/** Deleting what is in the bin is the one thing that cannot be undone. */
export function RemoveDialog({ summaries }: { summaries: readonly DocumentSummary[] }) {
  const app = useApp();
  const [first] = summaries;
  const isOne = summaries.length === 1;
  const remove = async (): Promise<void> => {
    for (const { id } of summaries) {
      const removed = await app.documents.remove(id);
      if (!removed.ok) app.say(removed.diagnostics.map(({ message }) => message).join(' '));
    }
  };
  return (
    <RemovalDialog
      title={isOne && first ? `Delete “${first.title}”?` : 'Empty the bin?'}
      description={`${isOne ? 'It is' : `${plural(summaries.length, 'document')} are`} removed from this browser for good. Links and files of ${isOne ? 'it' : 'them'} keep working.`}
      keep={isOne ? 'Keep it' : 'Keep them'}
      remove="Delete for good"
      onRemove={remove}
      onBack={() => app.page.setState({ dialog: { kind: 'documents', bin: true } })}
    />
  );
}
