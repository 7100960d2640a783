import { Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { formatBytes } from '../../core/formatNumber';
import { IconButton } from '../../editor/ui/IconButton';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import type { DocumentSummary } from '../persistence/documentStore';
import { useApp, useDocuments } from '../useApp';
import { formatAge } from './formatAge';
import { orRefuse } from './orRefuse';
import styles from './Documents.module.css';

/** Everything that is stored in this browser. */
export function DocumentsDialog() {
  const app = useApp();
  const { id, list } = useDocuments(({ id, list }) => ({ id, list }));
  const close = (): void => app.page.setState({ dialog: null });
  useEffect(() => void app.documents.refresh(), [app]);
  return (
    <Dialog
      title="Documents"
      description="They are kept in this browser, on this machine."
      width={560}
      onClose={close}
      actions={
        <>
          <Button onClick={() => app.chooseFile()}>Open a file…</Button>
          <Button
            kind="primary"
            onClick={() => {
              close();
              void app.newDocument();
            }}
          >
            New document
          </Button>
        </>
      }
    >
      <ul className={styles.list}>
        {list.map((summary) => (
          <Row key={summary.id} summary={summary} open={summary.id === id} />
        ))}
      </ul>
    </Dialog>
  );
}

function Row({ summary, open }: { summary: DocumentSummary; open: boolean }) {
  const app = useApp();
  const { id, title, updated, size } = summary;
  const show = (): void => {
    app.page.setState({ dialog: null });
    void orRefuse(app, app.documents.openStored(id));
  };
  return (
    <li className={styles.row} data-open={open}>
      <input
        className={styles.title}
        aria-label={`Title of ${title}`}
        defaultValue={title}
        key={title}
        spellCheck={false}
        onBlur={(event) => {
          const renamed = event.target.value.trim();
          if (renamed === '') event.target.value = title;
          else if (renamed !== title) void app.documents.rename(id, renamed);
        }}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <span className={styles.facts}>
        {formatAge(updated)} · {formatBytes(size)}
      </span>
      {open ? (
        <span className={styles.state}>Open now</span>
      ) : (
        <>
          <Button onClick={show}>Open</Button>
          <IconButton
            label={`Delete ${title}`}
            onClick={() => app.page.setState({ dialog: { kind: 'remove', summary } })}
          >
            <Trash2 size={15} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </>
      )}
    </li>
  );
}
