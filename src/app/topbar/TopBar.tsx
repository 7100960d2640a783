import { Command, LayoutGrid, Share2 } from 'lucide-react';
import { useScreen } from '../../editor/narrow/screen';
import { useUiStore } from '../../editor/store/uiStore';
import { keyCaps } from '../../editor/shortcuts/keys';
import { IconButton } from '../../editor/ui/IconButton';
import { Button } from '../../panels/ui/Button';
import { useApp } from '../useApp';
import { DocumentMenu } from './DocumentMenu';
import { DocumentTitle } from './DocumentTitle';
import { EngineBadge } from './EngineBadge';
import { ExportMenu } from './ExportMenu';
import { HelpMenu } from './HelpMenu';
import { NarrowBar } from './NarrowBar';
import { RunControls } from './RunControls';
import { RunProgress } from './RunProgress';
import { SaveMark } from './SaveMark';
import { ThemeMenu } from './ThemeMenu';
import { UndoButtons } from './UndoButtons';
import { VerdictChip } from './VerdictChip';
import { Wordmark } from './Wordmark';
import styles from './TopBar.module.css';

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** The document, the run, and what to do with them. */
export function TopBar() {
  const screen = useScreen();
  return screen === 'wide' ? <WideBar /> : <NarrowBar screen={screen} />;
}

function WideBar() {
  const app = useApp();
  const ui = useUiStore();
  return (
    <header className={styles.bar}>
      <div className={styles.group}>
        <Wordmark />
        <span className={styles.divider} />
        <DocumentTitle />
        <DocumentMenu />
        <SaveMark />
        <UndoButtons />
      </div>
      <div className={styles.group} data-place="middle">
        <RunControls />
        <RunProgress />
        <EngineBadge />
        <VerdictChip />
      </div>
      <div className={styles.group} data-place="end">
        <Button
          kind="quiet"
          icon={<LayoutGrid {...ICON} />}
          tip="Template gallery"
          aria-label="Templates"
          className={styles.roomy}
          onClick={() => app.page.setState({ dialog: { kind: 'gallery', firstVisit: false } })}
        >
          <span className={styles.words}>Templates</span>
        </Button>
        <Button
          kind="quiet"
          icon={<Share2 {...ICON} />}
          tip="Share by link"
          aria-label="Share"
          className={styles.roomy}
          onClick={() => app.page.setState({ dialog: { kind: 'share' } })}
        >
          <span className={styles.words}>Share</span>
        </Button>
        <ExportMenu />
        <ThemeMenu />
        <HelpMenu className={styles.spare} />
        <IconButton
          label="Command menu"
          keys={keyCaps('Mod+K').join(' ')}
          onClick={() => ui.setState({ commandMenu: true })}
        >
          <Command {...ICON} />
        </IconButton>
      </div>
    </header>
  );
}
