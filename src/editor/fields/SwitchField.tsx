import { Switch } from 'radix-ui';
import styles from './fields.module.css';

interface SwitchFieldProps {
  readonly id: string;
  readonly value: boolean;
  /** Stands for several that are not the same; a press turns all of them on. */
  readonly mixed?: boolean;
  readonly label: string;
  readonly disabled?: boolean;
  readonly describedBy?: string;
  onChange(value: boolean): void;
}

export function SwitchField({
  id,
  value,
  mixed = false,
  label,
  disabled,
  describedBy,
  onChange,
}: SwitchFieldProps) {
  return (
    <Switch.Root
      id={id}
      className={styles.switch}
      checked={value}
      disabled={disabled}
      data-mixed={mixed}
      aria-label={mixed ? `${label}, mixed` : label}
      aria-describedby={describedBy}
      onCheckedChange={onChange}
    >
      <Switch.Thumb className={styles.switchThumb} />
    </Switch.Root>
  );
}
