import type { Control } from './parameterFields';

type SliderControl = Extract<Control, { kind: 'slider' }>;

/** Positions of a slider's thumb: 0 … SLIDER_STEPS. */
export const SLIDER_STEPS = 200;

/** Where the thumb stands for a value; values beyond the range stand at its ends. */
export function sliderPosition(
  value: number,
  { range: [low, high], scale }: SliderControl,
): number {
  const fraction =
    scale === 'log'
      ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
      : (value - low) / (high - low);
  return Math.round(Math.min(1, Math.max(0, fraction)) * SLIDER_STEPS);
}

/** The value of a position: at the step that is asked for, else with as many digits as the slider can tell apart. */
export function sliderValue(
  position: number,
  { range: [low, high], scale, limits }: SliderControl,
): number {
  const fraction = position / SLIDER_STEPS;
  const exact = scale === 'log' ? low * (high / low) ** fraction : low + (high - low) * fraction;
  if (position <= 0) return low;
  if (position >= SLIDER_STEPS) return high;
  const step = limits.step ?? (limits.integer ? 1 : null);
  if (step !== null) return Number((Math.round(exact / step) * step).toPrecision(10));
  return Number(exact.toPrecision(3));
}
