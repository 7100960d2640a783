interface CommitFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly className?: string;
  /** The text that was left there, when it is another one. */
  readonly onCommit: (value: string) => void;
}

/** A line of text that counts once it is left. Escape takes it back. */
export function CommitField({ label, value, placeholder, className, onCommit }: CommitFieldProps) {
  return (
    <input
      key={value}
      className={className}
      aria-label={label}
      placeholder={placeholder}
      defaultValue={value}
      spellCheck={false}
      autoComplete="off"
      maxLength={500}
      onBlur={({ target }) => {
        const text = target.value.trim();
        if (text !== value) onCommit(text);
        if (text === '') target.value = value;
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.value = value;
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
