import { Search } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';
import styles from './SearchField.module.css';

interface SearchFieldProps {
  readonly ref?: Ref<HTMLInputElement>;
  /** What is searched, for who does not see the page. */
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  /** Where it stands and how large it is. */
  readonly className?: string;
  /** What can be typed. */
  readonly tip?: string;
  onChange(value: string): void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** A field that a list is searched with. */
export function SearchField(props: SearchFieldProps) {
  const { ref, label, placeholder, value, className = '', tip, onChange, onKeyDown } = props;
  return (
    <span className={`${styles.search} ${className}`}>
      <Search size={14} strokeWidth={1.75} aria-hidden />
      <input
        ref={ref}
        type="search"
        value={value}
        placeholder={placeholder}
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        data-tip={tip}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </span>
  );
}
