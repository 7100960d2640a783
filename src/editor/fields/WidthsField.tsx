import type { Control } from '../parameters/parameterFields';
import { parseWidths, understoodWidths } from '../parameters/numberText';
import type { Parsed } from '../parameters/numberText';
import { DraftNote } from './DraftNote';
import styles from './fields.module.css';
import { useDraft } from './useDraft';

interface WidthsFieldProps {
  readonly id: string;
  readonly value: readonly number[] | null;
  readonly control: Extract<Control, { kind: 'widths' }>;
  readonly placeholder?: string;
  readonly label: string;
  readonly disabled?: boolean;
  readonly describedBy?: string;
  onChange(value: number[] | null): void;
  onCommit(): void;
}

/** A list of layer widths or extents, typed as `128, 64`. */
export function WidthsField(props: WidthsFieldProps) {
  const { id, value, control, label, onChange, onCommit } = props;
  const parse = (text: string): Parsed<number[] | null> =>
    control.nullable && text.trim() === ''
      ? { ok: true, value: null }
      : parseWidths(text, control.limits, control.longest);
  const draft = useDraft({
    label,
    text: value === null ? '' : value.join(', '),
    parse,
    understood: (text, read) => (read === null ? null : understoodWidths(text, read)),
    onChange,
    onCommit,
  });
  return (
    <span className={styles.withError}>
      <input
        id={id}
        className={styles.input}
        type="text"
        autoComplete="off"
        spellCheck={false}
        value={draft.text}
        placeholder={props.placeholder ?? (control.nullable ? 'automatic' : 'none')}
        disabled={props.disabled}
        aria-label={label}
        aria-invalid={draft.error !== null}
        aria-describedby={props.describedBy}
        onChange={(event) => draft.type(event.target.value)}
        onBlur={draft.onBlur}
        onKeyDown={draft.onKeyDown}
      />
      <DraftNote error={draft.error} understood={draft.understood} />
    </span>
  );
}
