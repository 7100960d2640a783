import { Glyph } from './glyphs';
import styles from './GraphNode.module.css';
import { HealthIcon } from './HealthIcon';
import { InferenceTrace, VariableState } from './InferenceFall';
import { LiveValue } from './LiveValue';
import type { NodeView } from '../../model/nodeView';

interface BodyProps {
  readonly view: NodeView;
}

function Weight({ weight }: { weight: string | null }) {
  return weight === null ? null : <span className={styles.weight}>λ {weight}</span>;
}

/** Glyph, label and health. */
export function Head({ view }: BodyProps) {
  return (
    <div className={styles.head}>
      <span className={styles.glyph}>
        <Glyph icon={view.icon} category={view.category} />
      </span>
      <span className={styles.label} data-label>
        {view.label}
      </span>
      <HealthIcon view={view} />
    </div>
  );
}

/** Characters that a box has room for under its label. */
const STATE_ROOM = 24;

/** What stands under the label: the state, after the kind where the label hides it and there is room for both. */
function stateText({ label, title, state }: NodeView): string {
  if (label.toLowerCase().includes(title.toLowerCase())) return state;
  if (state === '') return title;
  const both = `${title} · ${state}`;
  return both.length > STATE_ROOM ? state : both;
}

/** Modules, regularizers and losses. What a loss contrasts stands beside its inputs. */
export function BoxBody({ view }: BodyProps) {
  const isLoss = view.outline === 'pointed';
  const text = view.weight === null && !isLoss ? stateText(view) : '';
  return (
    <div className={styles.box} data-outline={view.outline}>
      <Head view={view} />
      <div className={styles.line}>
        {text !== '' && <span className={styles.state}>{text}</span>}
        <Weight weight={view.weight} />
        <LiveValue nodeId={view.id} />
      </div>
      {isLoss && view.state !== '' && (
        <p className={styles.contrast} data-tip={view.state}>
          {view.state}
        </p>
      )}
    </div>
  );
}

/** Operators, views and weight links: one line, and a second for the state. */
export function PillBody({ view }: BodyProps) {
  return (
    <div className={styles.pill}>
      <Head view={view} />
      {view.state !== '' && <span className={styles.state}>{view.state}</span>}
    </div>
  );
}

/** Energies: their value is what matters. */
export function SquareBody({ view }: BodyProps) {
  return (
    <div className={styles.square}>
      <div className={styles.squareHead}>
        <span className={styles.label} data-label>
          {view.label}
        </span>
        <HealthIcon view={view} />
      </div>
      <div className={styles.squareFoot}>
        <LiveValue nodeId={view.id} />
        <Weight weight={view.weight} />
      </div>
    </div>
  );
}

/** Variables: a letter or a glyph in a circle, the caption below. */
export function CircleBody({ view }: BodyProps) {
  const { shape } = view.geometry;
  return (
    <>
      <div
        className={styles.disc}
        data-outline={view.outline}
        style={{
          marginLeft: shape.x,
          marginTop: shape.y,
          width: shape.width,
          height: shape.height,
        }}
      >
        {view.symbol === null ? (
          <Glyph icon={view.icon} category={view.category} size={24} />
        ) : (
          <span className={styles.symbol}>{view.symbol}</span>
        )}
        <InferenceTrace nodeId={view.id} />
      </div>
      <div className={styles.caption} style={{ marginTop: shape.height + 4 }}>
        <div className={styles.captionLabel}>
          <span className={styles.label} data-label>
            {view.label}
          </span>
          <HealthIcon view={view} />
        </div>
        <VariableState view={view} />
      </div>
    </>
  );
}

/** Stop-gradient: a bar across the edge. */
export function BarBody({ view }: BodyProps) {
  const middle = view.geometry.height / 2;
  return (
    <>
      <svg
        className={styles.bar}
        width={view.geometry.width}
        height={view.geometry.height}
        aria-hidden
      >
        <line className={styles.barWire} x1={0} y1={middle} x2={view.geometry.width} y2={middle} />
        <line className={styles.barStroke} x1={32} y1={14} x2={32} y2={74} />
        <line className={styles.barStroke} x1={40} y1={14} x2={40} y2={74} />
      </svg>
      <div className={styles.barLabel}>
        <span className={styles.label} data-label>
          {view.label}
        </span>
        <HealthIcon view={view} />
      </div>
    </>
  );
}
