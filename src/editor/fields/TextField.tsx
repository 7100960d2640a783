import styles from './fields.module.css';

interface TextFieldProps {
  readonly id: string;
  readonly value: string;
  readonly label: string;
  readonly longest?: number;
  readonly placeholder?: string;
  readonly rows?: number;
  readonly code?: boolean;
  readonly disabled?: boolean;
  readonly describedBy?: string;
  onChange(value: string): void;
  onCommit(): void;
}

/** One line, or several with `rows`. */
export function TextField({
  rows,
  code,
  longest,
  label,
  describedBy,
  onChange,
  onCommit,
  ...rest
}: TextFieldProps) {
  const shared = {
    ...rest,
    className: styles.input,
    'data-code': code,
    'aria-label': label,
    'aria-describedby': describedBy,
    ...(longest !== undefined && Number.isFinite(longest) ? { maxLength: longest } : {}),
    onBlur: onCommit,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      onChange(event.target.value),
  };
  return rows === undefined ? (
    <input {...shared} type="text" autoComplete="off" />
  ) : (
    <textarea {...shared} rows={rows} />
  );
}
