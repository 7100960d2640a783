import type { Diagnostic } from '../../core/diagnostic';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import { useApp } from '../useApp';
import styles from './Open.module.css';

const TITLES = {
  link: 'This link cannot be opened',
  file: 'This file cannot be opened',
  store: 'This document cannot be opened',
  export: 'This graph cannot be exported',
} as const;

interface RefusedDialogProps {
  readonly source: keyof typeof TITLES;
  readonly diagnostics: readonly Diagnostic[];
}

/** Why something cannot be opened, and what to do. Nothing was changed. */
export function RefusedDialog({ source, diagnostics }: RefusedDialogProps) {
  const { flow } = useApp();
  return (
    <Dialog
      title={TITLES[source]}
      onClose={() => flow.close(source)}
      actions={
        <Button kind="primary" onClick={() => flow.close(source)}>
          Go on with my document
        </Button>
      }
    >
      {diagnostics.map(({ message, hint }, index) => (
        <p key={index} className={styles.reason}>
          <span>{message}</span>
          {hint !== undefined && <span className={styles.hint}>{hint}</span>}
        </p>
      ))}
      <p className={styles.hint}>Your own document is as it was.</p>
    </Dialog>
  );
}
