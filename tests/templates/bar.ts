import { formatFigure } from '../../src/core/formatNumber';

/** What a template measures of itself: a number, or what lint or a verdict says. */
export type Measured = number | string;

/** What a measured value must keep. */
export interface Bar<T extends Measured> {
  /** As in a table: `< 0.05`, `healthy`. */
  readonly text: string;
  /** False for NaN. */
  holds(value: T): boolean;
}

export function below(limit: number): Bar<number> {
  return { text: `< ${formatFigure(limit)}`, holds: (value) => value < limit };
}

export function above(limit: number): Bar<number> {
  return { text: `> ${formatFigure(limit)}`, holds: (value) => value > limit };
}

export function atLeast(limit: number): Bar<number> {
  return { text: `≥ ${formatFigure(limit)}`, holds: (value) => value >= limit };
}

export function atMost(limit: number): Bar<number> {
  return { text: `≤ ${formatFigure(limit)}`, holds: (value) => value <= limit };
}

/** Exactly this, as a verdict or a code. */
export function is(expected: string): Bar<string> {
  return { text: expected, holds: (value) => value === expected };
}

/** What is seen and held to nothing but being a number. */
export const reported: Bar<number> = { text: 'a number', holds: Number.isFinite };

export function formatMeasured(value: Measured): string {
  return typeof value === 'number' ? formatFigure(value) : value;
}
