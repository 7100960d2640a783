import { useMemo } from 'react';
import { formatNumber, formatWhole, plural } from '../../core/formatNumber';
import type { SampleTable } from '../../probing/embedding/embeddingFrame';
import { Button } from '../ui/Button';
import styles from './EmbeddingAside.module.css';
import { isPicture, SamplePictures } from './SamplePictures';

interface SelectedSamplesProps {
  readonly table: SampleTable | null;
  readonly selected: ReadonlySet<number>;
  readonly onClear: () => void;
}

const MOST_PICTURES = 96;
const MOST_ROWS = 24;
const MOST_NUMBERS = 4;

/** The samples that are selected: how many of which class, and what they look like. */
export function SelectedSamples({ table, selected, onClear }: SelectedSamplesProps) {
  const samples = useMemo(() => [...selected].sort((a, b) => a - b), [selected]);
  const steps = useMemo(
    () => samples.slice(0, MOST_PICTURES).map((sample) => ({ sample, time: 0 })),
    [samples],
  );
  if (samples.length === 0) {
    return <p className={styles.note} role="status" data-testid="embedding-selection">No sample is selected.</p>; // prettier-ignore
  }
  const picture = table?.columns.find(isPicture);
  const columns = table?.columns.filter(({ size }) => size <= MOST_NUMBERS) ?? [];
  return (
    <>
      <div className={styles.row}>
        <p className={styles.count} role="status" data-testid="embedding-selection">
          <b>{plural(samples.length, 'sample')} selected</b>
          {table?.labels && `: ${classCounts(samples, table.labels)}`}
        </p>
        <Button kind="quiet" onClick={onClear}>
          Clear
        </Button>
      </div>
      {picture ? (
        <SamplePictures
          column={picture}
          steps={steps}
          side={28}
          across={12}
          label={`${picture.name} of the selected samples`}
        />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Sample</th>
              {table?.labels && <th scope="col">Label</th>}
              {columns.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {samples.slice(0, MOST_ROWS).map((sample) => (
              <tr key={sample}>
                <td>{sample + 1}</td>
                {table?.labels && <td>{table.labels[sample]}</td>}
                {columns.map(({ name, size, values }) => (
                  <td key={name}>
                    {[...values.subarray(sample * size, (sample + 1) * size)]
                      .map(formatNumber)
                      .join(', ')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {samples.length > (picture ? MOST_PICTURES : MOST_ROWS) && (
        <p className={styles.note}>The first {picture ? MOST_PICTURES : MOST_ROWS} are shown.</p>
      )}
    </>
  );
}

/** `12 of 3, 5 of 8`: the most frequent first. */
function classCounts(samples: readonly number[], labels: Int32Array): string {
  const counts = new Map<number, number>();
  for (const sample of samples) {
    const label = labels[sample] ?? -1;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([label, count]) => `${formatWhole(count)} of ${label}`)
    .join(', ');
}
