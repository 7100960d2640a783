import { ExternalLink } from 'lucide-react';
import { useEditor } from '../../editor/store/useEditor';
import { RunControls } from '../topbar/RunControls';
import { RunProgress } from '../topbar/RunProgress';
import bar from '../topbar/TopBar.module.css';
import { VerdictChip } from '../topbar/VerdictChip';
import { Wordmark } from '../topbar/Wordmark';
import { wholeAddress } from './embed';
import styles from './Embed.module.css';

/** Above a graph inside another page: its run, and the way to the whole page. */
export function EmbedBar() {
  const title = useEditor(({ document }) => document.title);
  return (
    <header className={bar.bar}>
      <div className={bar.group}>
        <RunControls />
        <RunProgress />
        <span className={styles.verdict}>
          <VerdictChip />
        </span>
      </div>
      <a
        className={styles.link}
        href={wholeAddress(window.location.href)}
        target="_blank"
        rel="noopener"
        data-tip="Open it in a window of its own, to change it"
      >
        <span className={styles.title}>{title}</span>
        <ExternalLink size={14} strokeWidth={1.75} aria-hidden />
        <Wordmark />
      </a>
    </header>
  );
}
