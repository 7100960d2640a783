import { plural } from '../../core/formatNumber';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import type { DocumentSummary } from '../persistence/documentStore';
import { useApp } from '../useApp';

/** Deleting what is in the bin is the one thing that cannot be undone. */
export function RemoveDialog({ summaries }: { summaries: readonly DocumentSummary[] }) {
  const app = useApp();
  const [first] = summaries;
  const isOne = summaries.length === 1;
  const back = (): void => app.page.setState({ dialog: { kind: 'documents', bin: true } });
  const remove = async (): Promise<void> => {
    for (const { id } of summaries) {
      const removed = await app.documents.remove(id);
      if (!removed.ok) app.say(removed.diagnostics.map(({ message }) => message).join(' '));
    }
    back();
  };
  return (
    <Dialog
      title={isOne && first ? `Delete “${first.title}”?` : 'Empty the bin?'}
      description={`${isOne ? 'It is' : `${plural(summaries.length, 'document')} are`} removed from this browser for good. Links and files of ${isOne ? 'it' : 'them'} keep working.`}
      width={440}
      onClose={back}
      actions={
        <>
          <Button onClick={back}>{isOne ? 'Keep it' : 'Keep them'}</Button>
          <Button kind="danger" onClick={() => void remove()}>
            Delete for good
          </Button>
        </>
      }
    />
  );
}
