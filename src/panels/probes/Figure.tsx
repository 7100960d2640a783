import { formatStatistic } from '../../core/formatNumber';

interface FigureProps {
  readonly measure: 'accuracy' | 'R²';
  readonly value: number | null;
}

/** A score; R² says so, an accuracy is a plain part of 1. */
export function Figure({ measure, value }: FigureProps) {
  if (value === null) return '–';
  return `${measure === 'R²' ? 'R² ' : ''}${formatStatistic(value)}`;
}
