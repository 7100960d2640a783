import { ScanSearch } from 'lucide-react';
import { useRef } from 'react';
import { formatWhole } from '../../core/formatNumber';
import { useEditor } from '../../editor/store/useEditor';
import { ReadingPicture } from '../../editor/canvas/node/ReadingPicture';
import type { ProbeReading } from '../../probing/readings/reading';
import { curveStyles } from '../charts/curveStyle';
import { SaveFigure } from '../charts/SaveFigure';
import { SelectRow } from '../collapse/SelectRow';
import { DockTools } from '../DockTools';
import { EmptyPanel } from '../EmptyPanel';
import { useRun } from '../run/useRun';
import { Figure } from './Figure';
import styles from './Probes.module.css';
import { ScoreDetail } from './ScoreDetail';

/** What the probes of the graph read on held-out data, and what else can be asked of the one that is chosen. */
export function ProbesPanel() {
  const report = useRun((state) => state.report);
  const stale = useRun((state) => state.reportStale);
  const selected = useEditor(({ selection }) => selection.nodes);
  const panel = useRef<HTMLDivElement>(null);
  const readings = Object.entries(report?.probes ?? {});
  if (report === null || readings.length === 0) {
    return (
      <EmptyPanel
        icon={<ScanSearch size={20} strokeWidth={1.5} aria-hidden />}
        title={report === null ? 'No probe has been read yet' : 'This graph has no probes'}
      >
        Connect a probe from the palette to what it is to read: it says how well labels or a target
        are predicted, beside the untrained network and raw input, and changes nothing of what is
        learned.
      </EmptyPanel>
    );
  }
  const [chosenId, chosen] = readings.find(([id]) => selected.has(id)) ?? readings[0] ?? [];
  const looks = curveStyles(readings.map(() => 'probe'));
  return (
    <div ref={panel} className={styles.panel} data-stale={stale}>
      <DockTools>
        <span className={styles.when}>
          Step {formatWhole(report.step)} · held-out data{stale ? ' · stale' : ''}
        </span>
        <SaveFigure label="Save the readings as a picture" parts={() => [panel.current]} />
      </DockTools>
      <div className={styles.list}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Probe</th>
              <th
                scope="col"
                className={styles.number}
                data-tip="Accuracy of classes, R² of numbers"
              >
                Score
              </th>
              <th
                scope="col"
                className={styles.number}
                data-tip="The same probe on the untrained network"
              >
                Untrained
              </th>
              <th scope="col" className={styles.number} data-tip="The same probe on raw input">
                Raw
              </th>
            </tr>
          </thead>
          <tbody>
            {readings.map(([id, reading], index) => (
              <SelectRow
                key={id}
                nodeId={id}
                label={reading.label}
                style={looks[index] ?? { colour: '--text', dash: [], width: 1 }}
              >
                <Cells reading={reading} />
              </SelectRow>
            ))}
          </tbody>
        </table>
      </div>
      {chosenId !== undefined && chosen !== undefined && (
        <section key={chosenId} className={styles.detail} aria-label={chosen.label}>
          <Detail nodeId={chosenId} reading={chosen} />
        </section>
      )}
    </div>
  );
}

function Cells({ reading }: { reading: ProbeReading }) {
  if (reading.kind !== 'score') {
    return (
      <td colSpan={3} className={styles.number}>
        {reading.kind === 'histogram'
          ? `${formatWhole(reading.dimensions)} dimensions`
          : reading.shape.join('×')}
      </td>
    );
  }
  const { trained, untrained, raw } = reading.scores;
  return (
    <>
      <td className={styles.number}>
        <Figure measure={reading.measure} value={trained} />
      </td>
      <td className={styles.number}>
        <Figure measure={reading.measure} value={untrained} />
      </td>
      <td className={styles.number}>
        <Figure measure={reading.measure} value={raw} />
      </td>
    </>
  );
}

function Detail({ nodeId, reading }: { nodeId: string; reading: ProbeReading }) {
  if (reading.kind === 'score') return <ScoreDetail nodeId={nodeId} reading={reading} />;
  const shown = reading.kind === 'histogram' ? reading.counts.length : reading.samples.length;
  return (
    <figure className={styles.figure}>
      <figcaption>
        {reading.kind === 'histogram'
          ? `Counts from ${reading.low.toPrecision(3)} to ${reading.high.toPrecision(3)}, a line for each of ${shown} dimensions, ${formatWhole(reading.rows)} rows`
          : `The first ${shown} held-out samples`}
      </figcaption>
      <ReadingPicture
        reading={reading}
        size={
          reading.kind === 'histogram'
            ? { width: 480, height: Math.min(192, Math.max(24, shown * 8)) }
            : { width: 560, height: 72 }
        }
      />
    </figure>
  );
}
