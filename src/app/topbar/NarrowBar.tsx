import { Share2 } from 'lucide-react';
import type { Screen } from '../../editor/narrow/screen';
import { IconButton } from '../../editor/ui/IconButton';
import { useApp } from '../useApp';
import { DocumentMenu } from './DocumentMenu';
import { DocumentTitle } from './DocumentTitle';
import { MoreMenu } from './MoreMenu';
import { RunControls } from './RunControls';
import { RunProgress } from './RunProgress';
import { SaveMark } from './SaveMark';
import styles from './TopBar.module.css';
import { UndoButtons } from './UndoButtons';

/** The bar of a phone or a tablet: the document, the run, and one menu for all else. */
export function NarrowBar({ screen }: { screen: Exclude<Screen, 'wide'> }) {
  const app = useApp();
  return (
    <header className={styles.bar} data-screen={screen}>
      <div className={styles.group}>
        <DocumentTitle />
        <DocumentMenu />
        <SaveMark />
        <UndoButtons />
      </div>
      <div className={styles.group} data-place="end">
        <RunControls />
        <RunProgress />
        {screen === 'tablet' && (
          <IconButton
            label="Share"
            onClick={() => app.page.setState({ dialog: { kind: 'share' } })}
          >
            <Share2 size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        )}
        <MoreMenu />
      </div>
    </header>
  );
}
