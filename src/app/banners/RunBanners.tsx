import { formatWhole } from '../../core/formatNumber';
import { useEditor, useEditorStore } from '../../editor/store/useEditor';
import { useJump } from '../../editor/problems/useJump';
import type { RunProblem } from '../../panels/run/runStore';
import { blockReason } from '../../panels/run/blockReason';
import { useRun } from '../../panels/run/useRun';
import { Button } from '../../panels/ui/Button';
import { useApp } from '../useApp';
import { Banner } from './Banner';

/** The graph has changed under the run; and what went wrong in it. */
export function RunBanners() {
  const { stale, problems } = useRun(({ stale, problems }) => ({ stale, problems }));
  return (
    <>
      {stale && <StaleBanner />}
      {problems.map((problem) => (
        <ProblemBanner key={problem.id} problem={problem} />
      ))}
    </>
  );
}

function StaleBanner() {
  const { actions } = useApp();
  const store = useEditorStore();
  const { step, changed, keeps } = useRun(({ step, changed, keeps }) => ({ step, changed, keeps }));
  const { undoLabel, blocked } = useEditor(({ undoLabel, analysis }) => ({
    undoLabel,
    blocked: blockReason(analysis.diagnostics),
  }));
  return (
    <Banner
      severity="info"
      message={
        keeps === null ? `${changed} changed: Run starts anew.` : `${changed} changed. ${keeps}`
      }
      hint={
        blocked === null
          ? `The run rests at step ${formatWhole(step)}.`
          : 'It has errors that must be mended first.'
      }
      actions={
        <>
          {undoLabel !== null && (
            <Button onClick={store.undo} tip={`Undo: ${undoLabel.toLowerCase()}`}>
              Undo the change
            </Button>
          )}
          {keeps === null && (
            <Button
              disabled={blocked !== null}
              tip="Go on with the changed graph and the weights that still fit"
              onClick={actions.runWithWeights}
            >
              Keep the weights
            </Button>
          )}
          <Button
            disabled={blocked !== null}
            tip="Run the changed graph from step 0"
            onClick={actions.runAnew}
          >
            Run anew
          </Button>
        </>
      }
    />
  );
}

function ProblemBanner({ problem }: { problem: RunProblem }) {
  const { actions } = useApp();
  const jump = useJump();
  const label = useEditor(
    ({ analysis }) =>
      (problem.nodeId !== undefined && analysis.graph.byId.get(problem.nodeId)?.label) || null,
  );
  return (
    <Banner
      severity={problem.severity}
      message={problem.message}
      hint={problem.hint}
      actions={
        problem.nodeId !== undefined && label !== null ? (
          <Button onClick={() => jump(problem)}>Show {label}</Button>
        ) : undefined
      }
      onDismiss={() => actions.dismiss(problem.id)}
    />
  );
}
