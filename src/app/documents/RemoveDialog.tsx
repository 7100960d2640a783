import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import type { DocumentSummary } from '../persistence/documentStore';
import { useApp } from '../useApp';

/** Deleting a stored document is the one thing that cannot be undone. */
export function RemoveDialog({ summary }: { summary: DocumentSummary }) {
  const app = useApp();
  const back = (): void => app.page.setState({ dialog: { kind: 'documents' } });
  const remove = async (): Promise<void> => {
    const removed = await app.documents.remove(summary.id);
    if (!removed.ok) app.say(removed.diagnostics.map(({ message }) => message).join(' '));
    back();
  };
  return (
    <Dialog
      title={`Delete “${summary.title}”?`}
      description="It is removed from this browser for good. Links and files of it keep working."
      width={440}
      onClose={back}
      actions={
        <>
          <Button onClick={back}>Keep it</Button>
          <Button kind="danger" onClick={() => void remove()}>
            Delete
          </Button>
        </>
      }
    />
  );
}
