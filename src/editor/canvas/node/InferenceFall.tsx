import { formatFigure, plural } from '../../../core/formatNumber';
import type { NodeView } from '../../model/nodeView';
import type { InferenceMoment } from '../../store/overlayStore';
import { useOverlay } from '../../store/useEditor';
import styles from './GraphNode.module.css';
import { Trace } from './Trace';

/** How the energy of a free variable falls over the steps of its inference, as a small curve. */
export function InferenceTrace({ nodeId }: { nodeId: string }) {
  const fall = useOverlay(nodeId)?.fall;
  if (fall === undefined) return null;
  return <Trace values={fall.map(({ energy }) => energy)} at={fall.map(({ steps }) => steps)} />;
}

/** What can be said of a variable at rest or, where a run has shown it, what inference comes to. */
export function VariableState({ view }: { view: NodeView }) {
  const fall = useOverlay(view.id)?.fall;
  const [first, last] = [fall?.[0], fall?.at(-1)];
  if (first === undefined || last === undefined) {
    return (
      <span className={styles.state} data-tip={view.state}>
        {view.state}
      </span>
    );
  }
  return (
    <span className={styles.state} data-tip={`${fallText(first, last)}\n${view.state}`}>
      {`E ${formatFigure(first.energy)} → ${formatFigure(last.energy)}`}
    </span>
  );
}

function fallText(first: InferenceMoment, last: InferenceMoment): string {
  const energies = `E ${formatFigure(first.energy)} → ${formatFigure(last.energy)}`;
  return `${plural(last.steps, 'step')}, ${energies}: inference in evaluation, mean over held-out samples.`;
}
