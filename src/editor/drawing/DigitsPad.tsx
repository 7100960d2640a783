import { Eraser, Plus } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { plural } from '../../core/formatNumber';
import {
  decodeDigits,
  DIGIT_CLASSES,
  DRAWN_LEVELS,
  DRAWN_SIDE,
  encodeDigits,
  MOST_DIGITS,
} from '../../tables/drawing';
import { SelectField } from '../fields/SelectField';
import { IconButton } from '../ui/IconButton';
import { DigitPixels, DrawnDigits } from './DrawnDigits';
import styles from './Drawing.module.css';
import type { PadProps } from './PointsPad';

const ICON = { size: 14, 'aria-hidden': true } as const;
const BLANK: readonly number[] = Array<number>(DRAWN_SIDE ** 2).fill(0);
/** What a stroke leaves beside its middle. */
const SOFT = 5;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Digits of 8×8 pixels: one is drawn, and added with the digit that it is. */
export function DigitsPad({ text, disabled, onChange, onStroke }: PadProps) {
  const digits = decodeDigits(text);
  const [pixels, setPixels] = useState(BLANK);
  const [label, setLabel] = useState(0);
  const [cursor, setCursor] = useState<readonly [number, number] | null>(null);
  const isDrawing = useRef(false);
  const pad = useRef<SVGSVGElement>(null);
  const isBlank = pixels.every((pixel) => pixel === 0);

  const ink = (x: number, y: number): void =>
    setPixels((before) =>
      before.map((pixel, index) => {
        const far =
          Math.abs((index % DRAWN_SIDE) - x) + Math.abs(Math.floor(index / DRAWN_SIDE) - y);
        return far === 0 ? DRAWN_LEVELS : far === 1 ? Math.max(pixel, SOFT) : pixel;
      }),
    );
  const inkAt = ({ currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>): void => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const x = Math.floor((DRAWN_SIDE * (clientX - left)) / width);
    const y = Math.floor((DRAWN_SIDE * (clientY - top)) / height);
    if (x >= 0 && y >= 0 && x < DRAWN_SIDE && y < DRAWN_SIDE) ink(x, y);
  };
  const add = (): void => {
    if (isBlank || digits.length >= MOST_DIGITS) return;
    onChange(encodeDigits([...digits, { pixels, label }]));
    onStroke();
    setPixels(BLANK);
  };
  const remove = (gone: number): void => {
    // Without a list the keyboard goes back to where digits are drawn.
    if (digits.length === 1) pad.current?.focus();
    onChange(encodeDigits(digits.filter((_, index) => index !== gone)));
    onStroke();
  };

  const press = (event: KeyboardEvent): void => {
    if (disabled || event.ctrlKey || event.metaKey || event.altKey) return;
    const [x, y] = cursor ?? [3, 3];
    const arrow = ARROWS[event.key];
    if (arrow) {
      const within = (value: number): number => Math.min(DRAWN_SIDE - 1, Math.max(0, value));
      setCursor([within(x + arrow[0]), within(y + arrow[1])]);
    } else if (event.key === ' ') ink(x, y);
    else if (event.key === 'Enter') add();
    else if (event.key === 'Backspace' || event.key === 'Delete') setPixels(BLANK);
    else if (/^[0-9]$/.test(event.key)) setLabel(Number(event.key));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <svg
        ref={pad}
        className={styles.pad}
        viewBox={`0 0 ${DRAWN_SIDE} ${DRAWN_SIDE}`}
        role="application"
        tabIndex={disabled ? -1 : 0}
        aria-label="A digit. Arrows move the cursor, Space draws, 0 to 9 say which it is, Enter adds it, Delete begins anew."
        data-testid="digits-pad"
        onFocus={(event) =>
          setCursor(event.currentTarget.matches(':focus-visible') ? [3, 3] : null)
        }
        onBlur={() => setCursor(null)}
        onKeyDown={press}
        onPointerDown={(event) => {
          if (disabled || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          isDrawing.current = true;
          inkAt(event);
        }}
        onPointerMove={(event) => {
          if (isDrawing.current) inkAt(event);
        }}
        onPointerUp={() => (isDrawing.current = false)}
        onPointerCancel={() => (isDrawing.current = false)}
      >
        <DigitPixels pixels={pixels} />
        {cursor && (
          <rect className={styles.cell} x={cursor[0]} y={cursor[1]} width={1} height={1} />
        )}
      </svg>
      <div className={styles.tools}>
        <span className={styles.which}>
          <SelectField
            id="drawn-digit"
            label="Which digit it is"
            value={String(label)}
            options={Array.from({ length: DIGIT_CLASSES }, (_, digit) => String(digit))}
            disabled={disabled}
            onChange={(digit) => setLabel(Number(digit))}
          />
        </span>
        <IconButton
          label="Add the digit"
          disabled={disabled || isBlank || digits.length >= MOST_DIGITS}
          onClick={add}
        >
          <Plus {...ICON} />
        </IconButton>
        <IconButton
          label="Begin the digit anew"
          disabled={disabled || isBlank}
          onClick={() => setPixels(BLANK)}
        >
          <Eraser {...ICON} />
        </IconButton>
      </div>
      <DrawnDigits digits={digits} disabled={disabled} onRemove={remove} />
      <p className={styles.status} role="status">
        {plural(digits.length, 'digit')}
        {digits.length === MOST_DIGITS && ' · no more fit'}
      </p>
    </>
  );
}
