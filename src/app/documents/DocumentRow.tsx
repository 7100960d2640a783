import { Copy, Trash2 } from 'lucide-react';
import { formatBytes } from '../../core/formatNumber';
import type { Result } from '../../core/result';
import { DOCUMENT_LIMITS } from '../../document/schema';
import { IconButton } from '../../editor/ui/IconButton';
import { Button } from '../../panels/ui/Button';
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
        <input
          className={styles.title}
          aria-label={`Title of ${title}`}
          defaultValue={title}
          key={title}
          maxLength={DOCUMENT_LIMITS.label}
          spellCheck={false}
          data-in-place
          onBlur={(event) => {
            const renamed = event.target.value.trim();
            if (renamed === '') event.target.value = title;
            else if (renamed !== title) void tell(app.documents.rename(id, renamed));
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key !== 'Escape') return;
            event.currentTarget.value = title;
            event.currentTarget.blur();
          }}
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
