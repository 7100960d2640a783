import { formatEntered } from '../../core/formatNumber';
import type { NumberLimits } from '../parameters/parameterFields';
import { parseNumber, stepNumber, understoodNumber } from '../parameters/numberText';
import type { Parsed } from '../parameters/numberText';
import { DraftNote } from './DraftNote';
import styles from './fields.module.css';
import { useDraft } from './useDraft';

interface NumberFieldProps {
  readonly id: string;
  readonly value: number | null;
  readonly limits: NumberLimits;
  readonly nullable?: boolean;
  readonly placeholder?: string;
  readonly label: string;
  readonly narrow?: boolean;
  readonly disabled?: boolean;
  readonly describedBy?: string;
  onChange(value: number | null): void;
  /** The end of a gesture: the next change is another undo step. */
  onCommit(): void;
}

export function NumberField(props: NumberFieldProps) {
  const { id, value, limits, nullable = false, label, onChange, onCommit } = props;
  const parse = (text: string): Parsed<number | null> =>
    nullable && text.trim() === '' ? { ok: true, value: null } : parseNumber(text, limits);
  const draft = useDraft({
    label,
    text: value === null ? '' : formatEntered(value),
    parse,
    understood: (text, read) => (read === null ? null : understoodNumber(text, read)),
    onChange,
    onCommit,
  });
  return (
    <span className={styles.withError}>
      <input
        id={id}
        className={styles.input}
        data-narrow={props.narrow}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        value={draft.text}
        placeholder={props.placeholder}
        disabled={props.disabled}
        aria-label={label}
        aria-invalid={draft.error !== null}
        aria-describedby={props.describedBy}
        onChange={(event) => draft.type(event.target.value)}
        onBlur={draft.onBlur}
        onKeyDown={(event) => {
          draft.onKeyDown(event);
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          const parsed = parse(draft.text);
          const from =
            parsed.ok && parsed.value !== null ? parsed.value : (value ?? Math.max(0, limits.min));
          draft.set(
            stepNumber(from, event.key === 'ArrowUp' ? 1 : -1, limits, event.shiftKey ? 10 : 1),
          );
        }}
      />
      <DraftNote error={draft.error} understood={draft.understood} />
    </span>
  );
}
