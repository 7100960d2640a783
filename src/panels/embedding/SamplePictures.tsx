import { useMemo } from 'react';
import type { SampleColumn } from '../../probing/embedding/embeddingFrame';
import { PictureGrid } from '../charts/PictureGrid';

/** One step of a sample. */
export interface SampleStep {
  readonly sample: number;
  /** Which step, where the column has time. */
  readonly time: number;
}

type PictureColumn = SampleColumn & { readonly picture: NonNullable<SampleColumn['picture']> };

interface SamplePicturesProps {
  readonly column: PictureColumn;
  readonly steps: readonly SampleStep[];
  /** Side of a picture, in pixels. */
  readonly side: number;
  readonly across: number;
  readonly label: string;
}

/** Pictures of samples. */
export function SamplePictures({ column, steps, side, across, label }: SamplePicturesProps) {
  const values = useMemo(() => picturesOf(column, steps), [column, steps]);
  // Units that are −1 and 1 are as black and white as those that are 0 and 1.
  const limits = useMemo(() => [values.includes(-1) ? -1 : 0, 1] as const, [values]);
  return <PictureGrid shape={column.picture} {...{ values, limits, side, across, label }} />;
}

function picturesOf(
  { values, size, time: steps }: PictureColumn,
  wanted: readonly SampleStep[],
): Float32Array {
  const numbers = size / (steps ?? 1);
  const pictures = new Float32Array(wanted.length * numbers);
  wanted.forEach(({ sample, time }, index) => {
    const step = steps === null ? 0 : Math.min(time, steps - 1);
    const start = sample * size + step * numbers;
    pictures.set(values.subarray(start, start + numbers), index * numbers);
  });
  return pictures;
}

export function isPicture(column: SampleColumn): column is PictureColumn {
  return column.picture !== null;
}
