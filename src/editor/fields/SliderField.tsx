import { Slider } from 'radix-ui';
import type { Control } from '../parameters/parameterFields';
import { sliderPosition, SLIDER_STEPS, sliderValue } from '../parameters/sliderScale';
import { formatNumber } from '../../core/formatNumber';
import styles from './fields.module.css';
import { NumberField } from './NumberField';

interface SliderFieldProps {
  readonly id: string;
  /** Null: not one value, as `placeholder` says. */
  readonly value: number | null;
  readonly placeholder?: string;
  readonly control: Extract<Control, { kind: 'slider' }>;
  readonly label: string;
  readonly disabled?: boolean;
  readonly describedBy?: string;
  onChange(value: number): void;
  onCommit(): void;
}

/** A slider over the usual range, with a field for exact values and for those beyond. */
export function SliderField({
  id,
  value,
  placeholder,
  control,
  label,
  disabled,
  describedBy,
  onChange,
  onCommit,
}: SliderFieldProps) {
  return (
    <div className={styles.slider}>
      <Slider.Root
        className={styles.sliderRoot}
        min={0}
        max={SLIDER_STEPS}
        step={1}
        value={[value === null ? 0 : sliderPosition(value, control)]}
        data-mixed={value === null}
        disabled={disabled}
        onValueChange={([position = 0]) => onChange(sliderValue(position, control))}
        onValueCommit={onCommit}
      >
        <Slider.Track className={styles.track}>
          <Slider.Range className={styles.range} />
        </Slider.Track>
        <Slider.Thumb
          className={styles.thumb}
          aria-label={`${label}, slider`}
          aria-valuetext={value === null ? placeholder : formatNumber(value)}
        />
      </Slider.Root>
      <span className={styles.exact}>
        <NumberField
          id={id}
          narrow
          value={value}
          {...(placeholder !== undefined && { placeholder })}
          limits={control.limits}
          label={label}
          disabled={disabled}
          describedBy={describedBy}
          onChange={(next) => {
            if (next !== null) onChange(next);
          }}
          onCommit={onCommit}
        />
      </span>
    </div>
  );
}
