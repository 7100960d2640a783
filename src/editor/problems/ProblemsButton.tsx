import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEditor } from '../store/useEditor';
import { useUi, useUiStore } from '../store/uiStore';
import { countProblems } from './problems';
import { ProblemList } from './ProblemList';
import badge from '../ui/Badge.module.css';
import styles from './Problems.module.css';

/** How many problems there are; opens the list. */
export function ProblemsButton() {
  const ui = useUiStore();
  const open = useUi((state) => state.problems);
  const { errors, warnings, remarks } = useEditor((state) =>
    countProblems(state.analysis.diagnostics),
  );
  // An empty graph is a beginning, not a mistake.
  const empty = useEditor(({ document }) => document.nodes.length === 0);
  return (
    <Popover.Root open={open} onOpenChange={(problems) => ui.setState({ problems })}>
      <Popover.Trigger className={`${badge.badge} ${styles.badge}`} data-testid="problems">
        {empty && (
          <span>
            <Info size={14} aria-hidden /> Nothing to train yet
          </span>
        )}
        {!empty && errors > 0 && (
          <span data-severity="error">
            <CircleX size={14} aria-hidden /> {errors}
            <span className={styles.unseen}>{errors === 1 ? 'error' : 'errors'}</span>
          </span>
        )}
        {!empty && warnings > 0 && (
          <span data-severity="warning">
            <TriangleAlert size={14} aria-hidden /> {warnings}
            <span className={styles.unseen}>{warnings === 1 ? 'warning' : 'warnings'}</span>
          </span>
        )}
        {!empty && remarks > 0 && (
          <span data-severity="info">
            <Info size={14} aria-hidden /> {remarks}
            <span className={styles.unseen}>{remarks === 1 ? 'remark' : 'remarks'}</span>
          </span>
        )}
        {!empty && errors + warnings + remarks === 0 && (
          <span>
            <CircleCheck size={14} aria-hidden /> No problems
          </span>
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={`${badge.popover} ${styles.popover}`}
          aria-label="Problems"
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <ProblemList onJump={() => ui.setState({ problems: false })} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
