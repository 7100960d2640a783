import { useState } from 'react';
import { formatWhole } from '../../core/formatNumber';
import { NumberField } from '../../editor/fields/NumberField';
import type { ScoreReading } from '../../probing/readings/reading';
import { Button } from '../ui/Button';
import { Confusion } from './Confusion';
import { Efficiency } from './Efficiency';
import { Neighbours } from './Neighbours';
import styles from './Probes.module.css';
import { useProbes, useProbesActions } from './useProbes';

const SAMPLES = { min: 0, openMin: false, openMax: false, integer: true, step: null } as const;

/** A probe that predicts: which classes it takes for which, and on request how many labels it needs and what is near what. */
export function ScoreDetail({ nodeId, reading }: { nodeId: string; reading: ScoreReading }) {
  const studies = useProbes((state) => state.studies.get(nodeId));
  const asking = useProbes((state) => state.asking);
  const problem = useProbes((state) => state.problem);
  const { study } = useProbesActions();
  const [sample, setSample] = useState(0);
  const isBusy = asking !== null;
  const askFor = (row: number): void => {
    const wanted = Math.min(Math.max(0, row), reading.rows - 1);
    setSample(wanted);
    study(nodeId, { kind: 'neighbours', sample: wanted });
  };
  return (
    <>
      {reading.confusion && (
        <figure className={styles.figure}>
          <figcaption data-tip="Rows: what a held-out sample is. Columns: what it is taken for.">
            Confusion of {formatWhole(reading.rows)} held-out rows
          </figcaption>
          <Confusion counts={reading.confusion} />
        </figure>
      )}
      <figure className={styles.figure}>
        <figcaption data-tip="The probe fitted anew with so many labelled training rows, of each class as many.">
          Score by number of labels
        </figcaption>
        {studies?.efficiency && <Efficiency {...studies.efficiency} />}
        <Button disabled={isBusy} onClick={() => study(nodeId, { kind: 'efficiency' })}>
          {asking?.kind === 'efficiency' ? 'Fitting…' : 'Try 1, 3, 10, 30 and 100 % of labels'}
        </Button>
      </figure>
      <figure className={styles.figure}>
        <figcaption data-tip="The training samples whose representation has the largest cosine with that of a held-out one.">
          Nearest training samples
        </figcaption>
        <div className={styles.asked}>
          <label htmlFor="held-out-sample">Held-out sample</label>
          <NumberField
            id="held-out-sample"
            label="Held-out sample"
            narrow
            value={sample}
            limits={{ ...SAMPLES, max: reading.rows - 1 }}
            onChange={(next) => next !== null && setSample(next)}
            onCommit={() => undefined}
          />
          <Button disabled={isBusy} onClick={() => askFor(sample)}>
            {asking?.kind === 'neighbours' ? 'Looking…' : 'Show'}
          </Button>
          <Button disabled={isBusy} onClick={() => askFor(sample + 1)}>
            Next
          </Button>
        </div>
        {studies?.neighbours && <Neighbours {...studies.neighbours} />}
      </figure>
      {problem !== null && (
        <p role="status" className={styles.problem}>
          {problem}
        </p>
      )}
    </>
  );
}
