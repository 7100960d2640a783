import { useReactFlow } from '@xyflow/react';
import { Circle, CircleCheck, CircleDot, Play, Undo2 } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { blockReason } from '../run/blockReason';
import { useRun, useRunActions } from '../run/useRun';
import { Button } from '../ui/Button';
import { FIT_VIEW } from '../../editor/canvas/flow/fitView';
import { motion } from '../../editor/commands/motion';
import { useEditor, useEditorStore } from '../../editor/store/useEditor';
import { parseEditLine } from '../../document/experiments/editLine';
import type { Experiment } from '../../document/experiments/experiment';
import type { Guide, Progress } from './guideStore';
import { GuideText } from './GuideText';
import styles from './Guide.module.css';
import { OutcomeLine } from './OutcomeLine';
import { outcomeOf } from './outcome';
import { obstacleOf } from './performed';
import { useGuide, useGuideActions } from './useGuide';

interface ExperimentItemProps {
  readonly guide: Guide;
  readonly experiment: Experiment;
  /** The one that the graph shows. */
  readonly active: Experiment | null;
}

const ICON = { size: 14, strokeWidth: 2, 'aria-hidden': true } as const;

/** One thing to try or to break: what to do, what to watch, and what came of it. */
export function ExperimentItem({ guide, experiment, active }: ExperimentItemProps) {
  const { id, title, watch, edits } = experiment;
  const progress = useGuide((state) => state.progress[id]);
  const isActive = active?.id === id;
  const box = useRef<HTMLLIElement>(null);
  const hasActed = useRef(false);
  const flow = useReactFlow();
  const adds = useMemo(() => edits.some((line) => parseEditLine(line)?.does === 'add'), [edits]);
  // The button that was pressed is gone: the keyboard goes to what has taken its place.
  useEffect(() => {
    if (!hasActed.current) return;
    hasActed.current = false;
    box.current?.querySelector<HTMLElement>('[data-first]')?.focus();
    // What was added may lie where nobody looks.
    if (isActive && adds) void flow.fitView({ ...FIT_VIEW, duration: motion() });
  }, [isActive, adds, flow]);
  const act = (action: () => void): void => {
    hasActed.current = true;
    action();
  };
  return (
    <li ref={box} className={styles.item} data-active={isActive} data-testid={`experiment-${id}`}>
      <ProgressMark progress={progress} isActive={isActive} />
      <div className={styles.itemBody}>
        <h4 className={styles.itemTitle}>{title}</h4>
        <div className={styles.watch}>
          <GuideText>{watch}</GuideText>
        </div>
        {edits.length === 0 ? (
          <Looking experiment={experiment} />
        ) : isActive ? (
          <Active experiment={experiment} act={act} />
        ) : (
          <Making guide={guide} experiment={experiment} active={active} act={act} />
        )}
      </div>
    </li>
  );
}

const PROGRESS_WORDS = { held: 'came out as expected', done: 'done' } as const;

function ProgressMark({
  progress,
  isActive,
}: {
  progress?: Progress | undefined;
  isActive: boolean;
}) {
  const Icon = progress === 'held' ? CircleCheck : progress === 'done' ? CircleDot : Circle;
  const words = progress === undefined ? 'not done yet' : PROGRESS_WORDS[progress];
  return (
    <span
      className={styles.progress}
      data-progress={progress ?? 'none'}
      role="img"
      aria-label={isActive ? `${words}, in the graph now` : words}
    >
      <Icon {...ICON} />
    </span>
  );
}

/** What makes a button give way to others. */
interface Acting {
  readonly act: (action: () => void) => void;
}

function Making({ guide, experiment, active, act }: ExperimentItemProps & Acting) {
  const { make } = useGuideActions();
  const { registry } = useEditorStore();
  const document = useEditor((state) => state.document);
  const readOnly = useEditor((state) => state.readOnly);
  const obstacle = useMemo(
    () => obstacleOf(guide, experiment, active, document, registry),
    [guide, experiment, active, document, registry],
  );
  if (readOnly) return null;
  const reasonId = `obstacle-${experiment.id}`;
  return (
    <div className={styles.actions}>
      <Button
        className={styles.action}
        aria-disabled={obstacle !== null}
        aria-describedby={obstacle === null ? undefined : reasonId}
        aria-label={`${experiment.kind === 'break' ? 'Break it' : 'Try it'}: ${experiment.title}`}
        data-first
        onClick={() => obstacle === null && act(() => make(experiment))}
      >
        {experiment.kind === 'break' ? 'Break it' : 'Try it'}
      </Button>
      {obstacle !== null && (
        <span id={reasonId} className={styles.obstacle}>
          {obstacle}
        </span>
      )}
    </div>
  );
}

/** In the graph now: run it, look, take it back. */
function Active({ experiment, act }: { experiment: Experiment } & Acting) {
  const { takeBack } = useGuideActions();
  const { runAnew } = useRunActions();
  const since = useGuide((state) => state.since);
  const expected = experiment.expect?.verdict;
  const outcome = useRun((run) => outcomeOf(experiment.expect ?? { warnings: [] }, run, since));
  const isGoing = useRun(
    ({ state, stale }) => (state === 'running' || state === 'compiling') && !stale,
  );
  const blocked = useEditor(({ analysis }) => blockReason(analysis.diagnostics));
  const reason = isGoing ? 'It is running.' : blocked;
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <>
      {expected !== undefined && <OutcomeLine outcome={outcome} expected={expected} />}
      <div className={styles.actions}>
        <Button
          className={styles.action}
          kind={outcome.kind === 'held' ? 'plain' : 'primary'}
          icon={<Play {...ICON} />}
          aria-disabled={reason !== null}
          tip={reason ?? 'From step 0, with the graph as it is'}
          aria-label={`Run: ${experiment.title}`}
          data-first
          onClick={() => reason === null && runAnew()}
        >
          Run
        </Button>
        {!readOnly && (
          <Button
            className={styles.action}
            icon={<Undo2 {...ICON} />}
            aria-label={`Undo this: ${experiment.title}`}
            onClick={() => act(takeBack)}
          >
            Undo this
          </Button>
        )}
        <Look experiment={experiment} />
      </div>
    </>
  );
}

function Looking({ experiment }: { experiment: Experiment }) {
  const expected = experiment.expect?.verdict;
  const isIdle = useRun(({ report }) => report === null);
  const activeId = useGuide((state) => state.activeId);
  const outcome = useRun((run) => outcomeOf(experiment.expect ?? { warnings: [] }, run, 0));
  return (
    <>
      {expected !== undefined && activeId === null && !isIdle && (
        <OutcomeLine outcome={outcome} expected={expected} />
      )}
      <div className={styles.actions}>
        <Look experiment={experiment} />
      </div>
    </>
  );
}

/** Opens the tab of the dock where it is seen. */
function Look({ experiment }: { experiment: Experiment }) {
  const { look } = useGuideActions();
  const { tab, title } = experiment;
  if (tab === undefined) return null;
  const name = `${tab.charAt(0).toUpperCase()}${tab.slice(1)}`;
  return (
    <Button
      className={styles.action}
      kind="quiet"
      aria-label={`Show ${name}: ${title}`}
      onClick={() => look(experiment)}
    >
      Show {name}
    </Button>
  );
}
