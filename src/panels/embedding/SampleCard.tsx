import { formatNumber } from '../../core/formatNumber';
import type { EmbeddingFrame, SampleTable } from '../../probing/embedding/embeddingFrame';
import { ClassSwatch } from './ClassSwatch';
import styles from './EmbeddingAside.module.css';
import { isPicture, SamplePictures } from './SamplePictures';

interface SampleCardProps {
  readonly frame: EmbeddingFrame;
  readonly table: SampleTable | null;
  /** The point; −1 without one. */
  readonly point: number;
  /** What the colours are of, where they are of a number. */
  readonly scalarName: string;
}

const SIDE = 72;
/** Numbers of a sample that are written out. */
const MOST_NUMBERS = 6;

/** What one point is: its picture or its numbers, its class, and what it is coloured by. */
export function SampleCard({ frame, table, point, scalarName }: SampleCardProps) {
  const sample = frame.samples[point];
  if (sample === undefined) {
    return (
      <p className={styles.note} id="embedding-hint">
        Point at a point to see its sample, click to select it, or hold Shift and circle some. Keys:
        arrows, + − 0, N and P from point to point, Enter, Escape.
      </p>
    );
  }
  const time = frame.times?.[point];
  const label = table?.labels?.[sample];
  const scalar = frame.scalars?.[point];
  const pictures = table?.columns.filter(isPicture) ?? [];
  const numbers =
    table?.columns.filter(({ picture, size }) => !picture && size <= MOST_NUMBERS) ?? [];
  return (
    <div className={styles.card} id="embedding-hint" data-testid="embedding-sample">
      {pictures.slice(0, 2).map((column) => (
        <SamplePictures
          key={column.name}
          column={column}
          steps={[{ sample, time: time ?? 0 }]}
          side={SIDE}
          across={1}
          label={`${column.name} of sample ${sample + 1}`}
        />
      ))}
      <dl className={styles.facts}>
        <Fact name="Sample">{sample + 1}</Fact>
        {time !== undefined && <Fact name="Step">{time + 1}</Fact>}
        {label !== undefined && (
          <Fact name="Label">
            {frame.scalars === null && <ClassSwatch label={label} />}
            <span>{label}</span>
          </Fact>
        )}
        {scalar !== undefined && <Fact name={scalarName}>{formatNumber(scalar)}</Fact>}
        {numbers.map(({ name, size, values }) => (
          <Fact key={name} name={name}>
            {[...values.subarray(sample * size, (sample + 1) * size)].map(formatNumber).join(', ')}
          </Fact>
        ))}
      </dl>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
