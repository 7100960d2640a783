import { LoaderCircle, Pause, Play, RotateCcw, StepForward } from 'lucide-react';
import { useEditor } from '../../editor/store/useEditor';
import { keyCaps } from '../../editor/shortcuts/keys';
import { IconButton } from '../../editor/ui/IconButton';
import { blockReason } from '../../panels/run/blockReason';
import { useRun } from '../../panels/run/useRun';
import { useScreen } from '../../editor/narrow/screen';
import { Button } from '../../panels/ui/Button';
import { useApp } from '../useApp';
import { runLabel } from './runLabel';
import styles from './TopBar.module.css';

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** Run or pause, single steps, back to the start. */
export function RunControls() {
  const { actions } = useApp();
  // The menu has the others.
  const hasRoom = useScreen() !== 'phone';
  const { state, step, stale, keeps } = useRun(({ state, step, stale, keeps }) => ({
    state,
    step,
    stale,
    keeps,
  }));
  const blocked = useEditor(({ analysis }) => blockReason(analysis.diagnostics));
  const going = state === 'running' || state === 'lost' || state === 'compiling';
  // A graph with errors cannot start, but what is running can be paused.
  const reason = going || (state === 'paused' && !stale) ? null : blocked;
  const { label, tip } = runLabel(state, step, stale, keeps !== null);
  const keys = keyCaps('Mod+Enter').join(' ');
  const Icon = state === 'compiling' || state === 'lost' ? LoaderCircle : going ? Pause : Play;
  return (
    <div className={styles.run} role="group" aria-label="Run">
      <Button
        kind="primary"
        className={styles.runButton}
        icon={<Icon {...ICON} className={Icon === LoaderCircle ? styles.spin : undefined} />}
        tip={reason === null ? `${tip} (${keys})` : `Cannot run\n${reason}`}
        aria-disabled={reason !== null}
        data-testid="run"
        onClick={() => reason === null && actions.toggle()}
      >
        {label}
      </Button>
      {hasRoom && (
        <IconButton
          label={reason === null ? 'One step' : `Cannot step: ${reason}`}
          disabled={going || reason !== null}
          onClick={() => actions.step()}
        >
          <StepForward {...ICON} />
        </IconButton>
      )}
      {hasRoom && (
        <IconButton
          label="Reset to step 0"
          disabled={state === 'compiling' || (step === 0 && state !== 'failed' && !stale)}
          onClick={() => actions.reset()}
        >
          <RotateCcw {...ICON} />
        </IconButton>
      )}
    </div>
  );
}
