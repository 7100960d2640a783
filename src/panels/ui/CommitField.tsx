interface CommitFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly className?: string;
  /** Letters that fit. */
  readonly maxLength?: number;
  /** The text that was left there, when it is another one. */
  readonly onCommit: (value: string) => void;
}

/** A line of text that counts once it is left. Escape takes it back, and leaves the window open that it may stand in. */
export function CommitField(props: CommitFieldProps) {
  const { label, value, placeholder, className, maxLength = 500, onCommit } = props;
  return (
    <input
      key={value}
      className={className}
      aria-label={label}
      placeholder={placeholder}
      defaultValue={value}
      spellCheck={false}
      autoComplete="off"
      maxLength={maxLength}
      data-in-place
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
