import { Component } from 'react';
import type { ErrorInfo, ReactNode } from 'react';
import { NotLoadedError } from '../core/watch/comingPart';
import { Button } from '../panels/ui/Button';
import { ReloadButton } from './later/ReloadButton';
import styles from './ErrorBoundary.module.css';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** Hears of it at once. */
  readonly onBreak?: () => void;
  /** Saves the document as a file; absent while there is none. */
  readonly onSave?: () => void;
}

/** What the page shows instead of nothing when drawing it fails. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
    this.props.onBreak?.();
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? (
      this.props.children
    ) : (
      <Failure error={error} onSave={this.props.onSave} />
    );
  }
}

/** Also shown when the page cannot even start. */
export function Failure({ error, onSave }: { error: Error; onSave?: () => void }) {
  return (
    <main className={styles.failure} role="alert">
      {error instanceof NotLoadedError ? (
        <>
          <h1>{error.what} could not be loaded</h1>
          <p>{error.why} What you have made is kept in this browser.</p>
        </>
      ) : (
        <>
          <h1>Something in Basin broke</h1>
          <p>
            It is not your graph’s fault, and your document is kept in this browser. Reload the page
            to go on.
          </p>
        </>
      )}
      <div className={styles.actions}>
        <ReloadButton />
        {onSave && <Button onClick={onSave}>Save the document as a file</Button>}
      </div>
      <details>
        <summary>What happened</summary>
        <pre translate="no">{error.stack ?? error.message}</pre>
      </details>
    </main>
  );
}
