import { X } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { DRAWN_LEVELS, DRAWN_SIDE, type DrawnDigit } from '../../tables/drawing';
import styles from './Drawing.module.css';

interface DrawnDigitsProps {
  readonly digits: readonly DrawnDigit[];
  readonly disabled: boolean;
  readonly onRemove: (index: number) => void;
}

/** Keys that go along the list, by how far. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
  Home: -Infinity,
  End: Infinity,
};

/** The digits that are drawn. All of them are one stop of the keyboard: arrows go along, Delete or Enter takes one away. */
export function DrawnDigits({ digits, disabled, onRemove }: DrawnDigitsProps) {
  const list = useRef<HTMLUListElement>(null);
  const [chosen, setChosen] = useState(0);
  const last = digits.length - 1;
  const current = Math.min(chosen, Math.max(0, last));

  const choose = (index: number): void => {
    setChosen(index);
    list.current?.querySelectorAll('button')[index]?.focus();
  };
  const remove = (index: number): void => {
    // The next one comes to stand here; the last has only one before it.
    if (last > 0) choose(Math.min(index, last - 1));
    onRemove(index);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step !== undefined) choose(Math.min(last, Math.max(0, current + step)));
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(current);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <ul ref={list} className={styles.digits} aria-label="Drawn digits">
      {digits.map((digit, index) => (
        <li key={index}>
          <Thumbnail digit={digit} />
          {!disabled && (
            <button
              type="button"
              className={styles.remove}
              aria-label={`Remove digit ${index + 1}, a ${digit.label}`}
              tabIndex={index === current ? 0 : -1}
              onFocus={() => setChosen(index)}
              onKeyDown={press}
              onClick={() => remove(index)}
            >
              <X size={10} aria-hidden />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Thumbnail({ digit: { pixels, label } }: { readonly digit: DrawnDigit }) {
  return (
    <svg
      viewBox={`0 0 ${DRAWN_SIDE} ${DRAWN_SIDE}`}
      className={styles.thumbnail}
      role="img"
      aria-label={`A ${label}`}
    >
      <DigitPixels pixels={pixels} />
    </svg>
  );
}

/** A digit's pixels, each a square of side 1. */
export function DigitPixels({ pixels }: { readonly pixels: readonly number[] }) {
  return (
    <>
      {pixels.map((pixel, index) => (
        <rect
          key={index}
          x={index % DRAWN_SIDE}
          y={Math.floor(index / DRAWN_SIDE)}
          width={1.02}
          height={1.02}
          fill="currentColor"
          opacity={pixel / DRAWN_LEVELS}
        />
      ))}
    </>
  );
}
