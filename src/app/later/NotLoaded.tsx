import type { Coming } from '../../core/watch/comingPart';
import { ReloadButton } from './ReloadButton';
import styles from './NotLoaded.module.css';

/** In place of the top bar, while the rest of the page is not there yet, or does not come. */
export function NotLoaded({ coming }: { coming: Coming<unknown> }) {
  switch (coming.state) {
    case 'here':
    case 'coming':
      return null;
    case 'late':
      return <span role="status">The rest of the page is being loaded…</span>;
    case 'missing':
      return (
        <div className={styles.notLoaded} role="alert">
          <span>Only the graph could be loaded. {coming.error.why}</span>
          <ReloadButton />
        </div>
      );
  }
}
