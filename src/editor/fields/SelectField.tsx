import { Check, ChevronDown } from 'lucide-react';
import { Select } from 'radix-ui';
import styles from './fields.module.css';

interface SelectFieldProps {
  readonly id: string;
  readonly value: string;
  readonly options: readonly string[];
  /** Titles that are not the option itself in sentence case. */
  readonly titles?: Readonly<Record<string, string>>;
  /** Said where no option is chosen. */
  readonly placeholder?: string;
  readonly label: string;
  readonly disabled?: boolean;
  readonly describedBy?: string;
  onChange(value: string): void;
}

const PROPER_NAMES: Readonly<Record<string, string>> = {
  relu: 'ReLU',
  gelu: 'GELU',
  silu: 'SiLU',
  elu: 'ELU',
  selu: 'SELU',
  cem: 'CEM',
  mppi: 'MPPI',
};

/** `swiss-roll` as `Swiss roll`; names keep their own spelling. */
export function optionTitle(option: string): string {
  const proper = PROPER_NAMES[option];
  if (proper !== undefined) return proper;
  const words = option
    .replaceAll('-', ' ')
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function SelectField({
  id,
  value,
  options,
  titles,
  placeholder,
  label,
  disabled,
  describedBy,
  onChange,
}: SelectFieldProps) {
  return (
    <Select.Root value={value} onValueChange={onChange} disabled={disabled}>
      <Select.Trigger
        id={id}
        className={styles.select}
        aria-label={label}
        aria-describedby={describedBy}
      >
        <Select.Value placeholder={placeholder}>
          {titles?.[value] ?? optionTitle(value)}
        </Select.Value>
        <Select.Icon className={styles.selectIcon}>
          <ChevronDown size={14} aria-hidden />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Content className={styles.menu} position="popper" sideOffset={4}>
          <Select.Viewport>
            {options.map((option) => (
              <Select.Item key={option} value={option} className={styles.option}>
                <Select.ItemText>{titles?.[option] ?? optionTitle(option)}</Select.ItemText>
                <Select.ItemIndicator className={styles.check}>
                  <Check size={13} aria-hidden />
                </Select.ItemIndicator>
              </Select.Item>
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  );
}
