import { useMemo } from 'react';
import { formatNumber } from '../../core/formatNumber';
import type { SampleTable } from '../../probing/embedding/embeddingFrame';
import type { LatentFrame } from '../../probing/latent/latentFrame';
import { PictureGrid } from '../charts/PictureGrid';
import { isPicture, SamplePictures } from '../embedding/SamplePictures';
import styles from './Latent.module.css';
import type { LatentChoice } from './latentStore';

interface MadeValuesProps {
  readonly choice: LatentChoice;
  readonly frame: LatentFrame;
  readonly table: SampleTable | null;
  /** The first of them in `frame.made`, and how many. */
  readonly first: number;
  readonly count: number;
  /** Whether 0 is the middle of what they are. */
  readonly signed?: boolean;
  readonly side: number;
  readonly label: string;
}

/** As many as are written out as numbers. */
const MOST_NUMBERS = 4;

/** What is made of some codes: pictures, the samples that are nearest to it, or numbers. */
export function MadeValues(props: MadeValuesProps) {
  const { choice, frame, table, first, count, signed = false, side, label } = props;
  const { made, width, nearest } = frame;
  const values = useMemo(
    () => made.slice(first * width, (first + count) * width),
    [made, first, count, width],
  );
  const limits = useMemo(() => (signed ? null : ([0, 1] as const)), [signed]);
  const steps = useMemo(
    () => [...(nearest?.slice(first, first + count) ?? [])].map((sample) => ({ sample, time: 0 })),
    [nearest, first, count],
  );
  if (choice.picture) {
    return (
      <PictureGrid shape={choice.picture} {...{ values, limits, side, label }} across={count} />
    );
  }
  const column = table?.columns.find(isPicture);
  if (nearest && column) {
    return <SamplePictures {...{ column, steps, side, label }} across={count} />;
  }
  return (
    <ol className={styles.numbers} aria-label={label}>
      {Array.from({ length: count }, (_, index) => (
        <li key={index}>
          {[...values.subarray(index * width, index * width + Math.min(width, MOST_NUMBERS))]
            .map(formatNumber)
            .join(', ')}
          {width > MOST_NUMBERS && ' …'}
        </li>
      ))}
    </ol>
  );
}
