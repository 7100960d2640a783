import { Copy, Trash2 } from 'lucide-react';
import { formatBytes } from '../../core/formatNumber';
import type { Result } from '../../core/result';
import { DOCUMENT_LIMITS } from '../../document/schema';
import { IconButton } from '../../editor/ui/IconButton';
import { Button } from '../../panels/ui/Button';
import { CommitField } from '../../panels/ui/CommitField';
import type { DocumentSummary } from '../persistence/documentStore';
import { useApp } from '../useApp';
import styles from './Documents.module.css';
import { formatAge } from './formatAge';
import { orRefuse } from './orRefuse';
import { StoredThumbnail } from './StoredThumbnail';

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

interface DocumentRowProps {
  readonly summary: DocumentSummary;
  readonly isOpen: boolean;
  /** The row is about to go, and the keyboard with it. */
  readonly onGone: () => void;
}

/** A stored document: its picture, its title, which is edited in place, and what can be done with it. */
export function DocumentRow({ summary, isOpen, onGone }: DocumentRowProps) {
  const app = useApp();
  const { id, title, updated, size } = summary;
  const tell = async (done: Promise<Result<unknown>>): Promise<void> => {
    const result = await done;
    if (!result.ok) app.say(result.diagnostics.map(({ message }) => message).join(' '));
  };
  const show = (): void => {
    app.page.setState({ dialog: null });
    void orRefuse(app, app.documents.openStored(id));
  };
  return (
    <li className={styles.row} data-open={isOpen}>
      <StoredThumbnail summary={summary} />
      <span className={styles.words}>
        <CommitField
          label={`Title of ${title}`}
          value={title}
          className={styles.title}
          maxLength={DOCUMENT_LIMITS.label}
          onCommit={(renamed) => renamed !== '' && void tell(app.documents.rename(id, renamed))}
        />
        <span className={styles.facts}>
          {formatAge(updated)} · {formatBytes(size)}
        </span>
      </span>
      {isOpen ? (
        <span className={styles.state}>Open now</span>
      ) : (
        <Button onClick={show}>Open</Button>
      )}
      <IconButton
        label={`Duplicate ${title}`}
        onClick={() => void tell(app.documents.duplicateStored(id))}
      >
        <Copy {...ICON} />
      </IconButton>
      <IconButton
        label={isOpen ? 'The open document cannot be put in the bin' : `Put ${title} in the bin`}
        disabled={isOpen}
        onClick={() => {
          onGone();
          void tell(app.documents.putInBin(id));
        }}
      >
        <Trash2 {...ICON} />
      </IconButton>
    </li>
  );
}
