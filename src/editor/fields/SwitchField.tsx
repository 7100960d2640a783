import { Switch } from 'radix-ui';
import styles from './fields.module.css';

interface SwitchFieldProps {
  readonly id: string;
  readonly value: boolean;
  readonly label: string;
  readonly disabled?: boolean;
  readonly describedBy?: string;
  onChange(value: boolean): void;
}

export function SwitchField({
  id,
  value,
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
      aria-label={label}
      aria-describedby={describedBy}
      onCheckedChange={onChange}
    >
      <Switch.Thumb className={styles.switchThumb} />
    </Switch.Root>
  );
}
