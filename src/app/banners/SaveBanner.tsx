import { Button } from '../../panels/ui/Button';
import { orRefuse } from '../documents/orRefuse';
import { useApp, useDocuments } from '../useApp';
import { Banner } from './Banner';

/** The document is not saved, and why. */
export function SaveBanner() {
  const app = useApp();
  const { save, gone, fault, unread } = useDocuments(({ save, gone, fault, unread }) => ({
    save,
    gone,
    fault,
    unread,
  }));
  if (fault === null) return null;
  if (save === 'conflict' && gone !== null) {
    return (
      <Banner
        severity="warning"
        message={fault.message}
        hint="It is still open here, and what runs goes on. Nothing of it is saved until you choose."
        actions={
          <>
            <Button onClick={() => app.page.setState({ dialog: { kind: 'documents' } })}>
              Documents…
            </Button>
            <Button kind="primary" onClick={() => void app.documents.keepBoth()}>
              Keep it as a new document
            </Button>
          </>
        }
      />
    );
  }
  if (save === 'conflict') {
    return (
      <Banner
        severity="warning"
        message={fault.message}
        hint="Nothing was overwritten. Saving rests until you choose."
        actions={
          <>
            <Button onClick={() => void orRefuse(app, app.documents.loadOther())}>
              Load the other version
            </Button>
            <Button kind="primary" onClick={() => void app.documents.keepBoth()}>
              Keep both
            </Button>
          </>
        }
      />
    );
  }
  if (save !== 'failed') return null;
  if (unread !== null) {
    return (
      <Banner
        severity="error"
        message={`${unread.fault.message} What is shown here stands in for what you had open.`}
        hint={unread.fault.hint}
        actions={
          <>
            <Button onClick={app.saveFile}>Save as a file</Button>
            <Button kind="primary" onClick={() => void app.documents.openUnread()}>
              Try again
            </Button>
          </>
        }
      />
    );
  }
  return (
    <Banner
      severity="error"
      message={fault.message}
      hint={fault.hint}
      actions={
        <>
          <Button onClick={() => app.page.setState({ dialog: { kind: 'documents' } })}>
            Documents…
          </Button>
          <Button onClick={() => void app.documents.flush()}>Try again</Button>
          <Button kind="primary" onClick={app.saveFile}>
            Save as a file
          </Button>
        </>
      }
    />
  );
}
