import { keyCaps } from '../shortcuts/keys';
import styles from './Kbd.module.css';

/** A shortcut, drawn as its keys. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={styles.keys} translate="no">
      {keyCaps(keys).map((cap) => (
        <kbd key={cap} className={styles.key}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
