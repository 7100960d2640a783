import { Command, LayoutGrid, Redo2, Share2, Undo2 } from 'lucide-react';
import { useEditor, useEditorStore } from '../../editor/store/useEditor';
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
import { RunControls } from './RunControls';
import { RunProgress } from './RunProgress';
import { SaveMark } from './SaveMark';
import { ThemeMenu } from './ThemeMenu';
import { VerdictChip } from './VerdictChip';
import { Wordmark } from './Wordmark';
import styles from './TopBar.module.css';

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** The document, the run, and what to do with them. */
export function TopBar() {
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

function UndoButtons() {
  const store = useEditorStore();
  const { undoLabel, redoLabel, readOnly } = useEditor(({ undoLabel, redoLabel, readOnly }) => ({
    undoLabel,
    redoLabel,
    readOnly,
  }));
  if (readOnly) return null;
  return (
    <>
      <IconButton
        label={undoLabel === null ? 'Undo' : `Undo: ${undoLabel.toLowerCase()}`}
        keys={keyCaps('Mod+Z').join(' ')}
        disabled={undoLabel === null}
        onClick={store.undo}
      >
        <Undo2 {...ICON} />
      </IconButton>
      <IconButton
        label={redoLabel === null ? 'Redo' : `Redo: ${redoLabel.toLowerCase()}`}
        keys={keyCaps('Mod+Shift+Z').join(' ')}
        disabled={redoLabel === null}
        onClick={store.redo}
      >
        <Redo2 {...ICON} />
      </IconButton>
    </>
  );
}
