import { Slider } from 'radix-ui';
import type { Control } from '../parameters/parameterFields';
import { sliderPosition, SLIDER_STEPS, sliderValue } from '../parameters/sliderScale';
import { formatNumber } from '../../core/formatNumber';
import styles from './fields.module.css';
import { NumberField } from './NumberField';

interface SliderFieldProps {
  readonly id: string;
  readonly value: number;
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
        value={[sliderPosition(value, control)]}
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
          aria-valuetext={formatNumber(value)}
        />
      </Slider.Root>
      <span className={styles.exact}>
        <NumberField
          id={id}
          narrow
          value={value}
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
