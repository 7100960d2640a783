import { Eraser, Trash2 } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { formatNumber, plural } from '../../core/formatNumber';
import {
  decodePoints,
  DRAWN_LIMIT,
  encodePoints,
  MOST_POINTS,
  POINT_CLASSES,
  type DrawnPoint,
} from '../../tables/drawing';
import { IconButton } from '../ui/IconButton';
import styles from './Drawing.module.css';

export interface PadProps {
  /** What is drawn, as the document has it. */
  readonly text: string;
  readonly disabled: boolean;
  readonly onChange: (text: string) => void;
  /** A stroke is done: the next one is a step of its own. */
  readonly onStroke: () => void;
}

/** Of the plane, between points of one stroke, and how near the eraser takes them. */
const APART = 0.12;
const NEAR = 0.1;
const STEP = 0.05;
const ICON = { size: 14, 'aria-hidden': true } as const;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};

/** Points of the plane by class, drawn by pointer, finger or keyboard. */
export function PointsPad({ text, disabled, onChange, onStroke }: PadProps) {
  const points = decodePoints(text);
  const [label, setLabel] = useState(0);
  const [isErasing, setErasing] = useState(false);
  const [cursor, setCursor] = useState({ x: 0, y: 0 });
  const [hasKeyboard, setKeyboard] = useState(false);
  /** Points of the stroke under way: what the document has may be a moment behind. */
  const stroke = useRef<DrawnPoint[] | null>(null);

  const put = (now: readonly DrawnPoint[], next: readonly DrawnPoint[]): DrawnPoint[] => {
    if (next.length !== now.length) onChange(encodePoints(next));
    return [...next];
  };
  const without = (now: readonly DrawnPoint[], x: number, y: number): DrawnPoint[] =>
    now.filter((point) => Math.hypot(point.x - x, point.y - y) > NEAR);
  const draw = (x: number, y: number): void => {
    const now = stroke.current ?? points;
    const last = now.at(-1);
    if (isErasing) stroke.current = put(now, without(now, x, y));
    else if (
      now.length < MOST_POINTS &&
      (stroke.current === null || !last || Math.hypot(last.x - x, last.y - y) > APART)
    ) {
      stroke.current = put(now, [...now, { x, y, label }]);
    } else stroke.current ??= [...now];
  };

  const place = ({ currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return {
      x: (2 * (clientX - left)) / width - 1,
      y: 1 - (2 * (clientY - top)) / height,
    };
  };
  const drawAt = (event: PointerEvent<SVGSVGElement>): void => {
    const { x, y } = place(event);
    if (Math.abs(x) <= 1 && Math.abs(y) <= 1) draw(DRAWN_LIMIT * x, DRAWN_LIMIT * y);
  };
  const end = (): void => {
    stroke.current = null;
    onStroke();
  };

  const press = (event: KeyboardEvent): void => {
    if (disabled || event.ctrlKey || event.metaKey || event.altKey) return;
    const { x, y } = cursor;
    const arrow = ARROWS[event.key];
    const number = Number(event.key);
    if (arrow) {
      const far = event.shiftKey ? 5 : 1;
      const within = (value: number): number =>
        Math.min(DRAWN_LIMIT, Math.max(-DRAWN_LIMIT, value));
      setCursor({ x: within(x + far * arrow[0]), y: within(y + far * arrow[1]) });
    } else if (event.key === ' ' || event.key === 'Enter') {
      if (points.length < MOST_POINTS) onChange(encodePoints([...points, { x, y, label }]));
      onStroke();
    } else if (event.key === 'Backspace' || event.key === 'Delete') {
      const left = without(points, x, y);
      // Where none is at the cursor, the last one.
      onChange(encodePoints(left.length < points.length ? left : points.slice(0, -1)));
      onStroke();
    } else if (number >= 1 && number <= POINT_CLASSES) setLabel(number - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <svg
        className={styles.pad}
        viewBox={`${-DRAWN_LIMIT} ${-DRAWN_LIMIT} ${2 * DRAWN_LIMIT} ${2 * DRAWN_LIMIT}`}
        role="application"
        tabIndex={disabled ? -1 : 0}
        aria-label={`Points. Arrows move the cursor, Space draws a point, Delete takes one away, 1 to ${POINT_CLASSES} choose the class.`}
        data-testid="points-pad"
        onFocus={(event) => setKeyboard(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => setKeyboard(false)}
        onKeyDown={(event) => {
          setKeyboard(true);
          press(event);
        }}
        onPointerDown={(event) => {
          if (disabled || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setKeyboard(false);
          stroke.current = null;
          drawAt(event);
        }}
        onPointerMove={(event) => {
          if (stroke.current !== null) drawAt(event);
        }}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <path
          className={styles.axes}
          d={`M-${DRAWN_LIMIT} 0H${DRAWN_LIMIT}M0 -${DRAWN_LIMIT}V${DRAWN_LIMIT}`}
        />
        {points.map((point, index) => (
          <circle
            key={index}
            cx={point.x}
            cy={-point.y}
            r={0.035}
            fill={`var(--label-${point.label})`}
          />
        ))}
        {hasKeyboard && (
          <path
            className={styles.cursor}
            d={`M${cursor.x - 0.1} ${-cursor.y}h0.2M${cursor.x} ${-cursor.y - 0.1}v0.2`}
          />
        )}
      </svg>
      <div className={styles.tools}>
        <div className={styles.classes} role="radiogroup" aria-label="Class of new points">
          {Array.from({ length: POINT_CLASSES }, (_, index) => (
            <label
              key={index}
              className={styles.class}
              data-on={index === label && !isErasing}
              data-tip={`Class ${index + 1}`}
            >
              <input
                type="radio"
                name="drawn-class"
                aria-label={`Class ${index + 1}`}
                checked={index === label}
                disabled={disabled}
                onChange={() => {
                  setLabel(index);
                  setErasing(false);
                }}
              />
              <span style={{ background: `var(--label-${index})` }} />
            </label>
          ))}
        </div>
        <IconButton
          label="Erase points"
          pressed={isErasing}
          disabled={disabled}
          onClick={() => setErasing(!isErasing)}
        >
          <Eraser {...ICON} />
        </IconButton>
        <IconButton
          label="Remove all points"
          disabled={disabled || points.length === 0}
          onClick={() => {
            onChange('');
            onStroke();
          }}
        >
          <Trash2 {...ICON} />
        </IconButton>
      </div>
      <p className={styles.status} role="status">
        {plural(points.length, 'point')}
        {hasKeyboard && ` · cursor at ${formatNumber(cursor.x)}, ${formatNumber(cursor.y)}`}
        {points.length === MOST_POINTS && ' · no more fit'}
      </p>
    </>
  );
}
