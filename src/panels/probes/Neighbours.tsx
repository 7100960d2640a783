import { ReadingPicture } from '../../editor/canvas/node/ReadingPicture';
import { formatFigure, formatWhole } from '../../core/formatNumber';
import type { NeighboursStudy, ShownRow } from '../../probing/probeStudy';
import type { Studied } from './probesStore';
import styles from './Probes.module.css';

const TITLES = { trained: 'Trained', untrained: 'Untrained', raw: 'Raw' } as const;
const SIDE = 36;

/** A held-out sample, and in each row the training samples that are nearest to it. */
export function Neighbours({ study, step }: Studied<NeighboursStudy>) {
  const { asked, nearest, pictureShape } = study;
  return (
    <div className={styles.neighbours} data-testid="neighbours">
      <div className={styles.line}>
        <span className={styles.arm}>Sample</span>
        <Sample row={asked} shape={pictureShape} />
        <span className={styles.when}>
          {step === null ? 'initial weights' : `step ${formatWhole(step)}`}
        </span>
      </div>
      {nearest.map(({ arm, rows }) => (
        <div key={arm} className={styles.line}>
          <span className={styles.arm}>{TITLES[arm]}</span>
          {rows.map((row) => (
            <Sample
              key={row.row}
              row={row}
              shape={pictureShape}
              tip={`cosine ${formatFigure(row.cosine)}`}
              isOther={asked.label !== null && row.label !== asked.label}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

interface SampleProps {
  readonly row: ShownRow;
  readonly shape: NeighboursStudy['pictureShape'];
  readonly tip?: string;
  /** Of another class than what was asked for. */
  readonly isOther?: boolean;
}

function Sample({ row: { row, label, picture }, shape, tip, isOther = false }: SampleProps) {
  return (
    <span className={styles.sample} data-other={isOther} data-tip={tip}>
      {picture && shape ? (
        <ReadingPicture
          reading={{ kind: 'view', shape, samples: [picture] }}
          size={{ width: SIDE, height: SIDE }}
        />
      ) : (
        <span className={styles.row}>#{row}</span>
      )}
      {label !== null && <span className={styles.class}>{label}</span>}
    </span>
  );
}
