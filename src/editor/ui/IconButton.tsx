import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './IconButton.module.css';

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Its name for everybody: the tooltip and what a screen reader says. */
  readonly label: string;
  readonly keys?: string;
  readonly children: ReactNode;
  readonly pressed?: boolean;
  /** Small where it stands in a line of text. */
  readonly size?: 'normal' | 'small';
}

export function IconButton({
  label,
  keys,
  pressed,
  size = 'normal',
  className,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      className={[styles.button, className].filter(Boolean).join(' ')}
      aria-label={label}
      aria-pressed={pressed}
      data-size={size}
      data-figure="none"
      data-tip={keys === undefined ? label : `${label} (${keys})`}
      {...rest}
    >
      {children}
    </button>
  );
}
