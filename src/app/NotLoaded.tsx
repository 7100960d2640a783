import { Button } from '../panels/ui/Button';
import styles from './Page.module.css';

/** In place of the top bar, where the connection broke before the rest of the page was there. */
export function NotLoaded() {
  return (
    <div className={styles.notLoaded} role="alert">
      <span>Only the graph could be loaded: the connection was lost.</span>
      <Button onClick={() => window.location.reload()}>Reload</Button>
    </div>
  );
}
