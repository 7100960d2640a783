import { Trash2 } from 'lucide-react';
import { plural } from '../../core/formatNumber';
import { IconButton } from '../../editor/ui/IconButton';
import { Button } from '../../panels/ui/Button';
import type { DocumentSummary } from '../persistence/documentStore';
import { useApp } from '../useApp';
import { daysLeft } from './bin';
import styles from './Documents.module.css';
import { StoredThumbnail } from './StoredThumbnail';

interface BinRowProps {
  readonly summary: DocumentSummary;
  /** The row is about to go, and the keyboard with it. */
  readonly onGone: () => void;
}

/** A document in the bin: how long it is kept, and the way back. */
export function BinRow({ summary, onGone }: BinRowProps) {
  const app = useApp();
  const { id, title, binned = 0 } = summary;
  const restore = async (): Promise<void> => {
    const taken = await app.documents.takeFromBin(id);
    if (!taken.ok) app.say(taken.diagnostics.map(({ message }) => message).join(' '));
  };
  return (
    <li className={styles.row}>
      <StoredThumbnail summary={summary} />
      <span className={styles.words}>
        <span className={styles.name}>{title || 'Untitled'}</span>
        <span className={styles.facts}>Kept for {plural(daysLeft(binned), 'more day')}</span>
      </span>
      <Button
        aria-label={`Restore ${title}`}
        onClick={() => {
          onGone();
          void restore();
        }}
      >
        Restore
      </Button>
      <IconButton
        label={`Delete ${title} for good`}
        onClick={() => app.page.setState({ dialog: { kind: 'remove', summaries: [summary] } })}
      >
        <Trash2 size={15} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </li>
  );
}
