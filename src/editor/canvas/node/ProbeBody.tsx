import { formatFigure } from '../../../core/formatNumber';
import type { NodeView } from '../../model/nodeView';
import type { NodeReading } from '../../store/overlayStore';
import { useOverlay } from '../../store/useEditor';
import { LiveValue } from './LiveValue';
import { Head } from './NodeBodies';
import styles from './ProbeBody.module.css';
import { ReadingPicture } from './ReadingPicture';
import { Trace } from './Trace';

/** Probes: what they read on held-out samples, beside what it is to be compared with. */
export function ProbeBody({ view }: { view: NodeView }) {
  const reading = useOverlay(view.id)?.reading;
  return (
    <div className={styles.body} data-kind={reading?.kind}>
      <Head view={view} />
      {reading === undefined ? (
        <div className={styles.live}>
          <LiveValue nodeId={view.id} />
        </div>
      ) : reading.kind === 'score' ? (
        <Score nodeId={view.id} reading={reading} />
      ) : (
        <ReadingPicture reading={reading} className={styles.picture} />
      )}
    </div>
  );
}

function Score({
  nodeId,
  reading,
}: {
  nodeId: string;
  reading: Extract<NodeReading, { kind: 'score' }>;
}) {
  const { measure, score, untrained, raw, rows } = reading;
  const trace = useOverlay(nodeId)?.trace;
  const tip = `${measure === 'R²' ? 'R²' : 'Accuracy'} on ${rows} held-out rows: ${figure(score)}. The same probe on the untrained network: ${figure(untrained)}; on raw input: ${figure(raw)}.`;
  return (
    <div className={styles.score} data-tip={tip}>
      <span className={styles.line}>
        {trace && trace.length > 1 && <Trace values={trace} />}
        <output className={styles.number} aria-live="off">
          {measure === 'R²' ? `R² ${figure(score)}` : figure(score)}
        </output>
      </span>
      <span>untrained {figure(untrained)}</span>
      <span>raw {figure(raw)}</span>
    </div>
  );
}

function figure(value: number | null): string {
  return value === null ? '–' : formatFigure(value);
}
