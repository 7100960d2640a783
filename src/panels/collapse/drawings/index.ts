import type { ComponentType } from 'react';
import type { Drawings } from '../../../probing/statistics/evidence';
import { BarsDrawing } from './BarsDrawing';
import type { DrawingProps } from './drawing';
import { HistogramsDrawing } from './HistogramsDrawing';
import { MatrixDrawing } from './MatrixDrawing';
import { PairsDrawing } from './PairsDrawing';
import { SpectrumDrawing } from './SpectrumDrawing';
import { StepsDrawing } from './StepsDrawing';

/** How each kind of evidence is drawn. */
export const DRAWINGS: {
  readonly [Kind in keyof Drawings]: ComponentType<DrawingProps<Kind>>;
} = {
  spectrum: SpectrumDrawing,
  matrix: MatrixDrawing,
  histograms: HistogramsDrawing,
  pairs: PairsDrawing,
  bars: BarsDrawing,
  steps: StepsDrawing,
};
