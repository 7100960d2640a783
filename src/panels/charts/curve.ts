import type { Points } from '../run/decimate';
import type { CurveStyle } from './curveStyle';

/** A line over steps. */
export interface Curve {
  readonly label: string;
  readonly style: CurveStyle;
  readonly points: Points;
  readonly visible: boolean;
  /** Drawn behind the others, as the raw values of a smoothed curve. */
  readonly faint?: boolean;
  /** A line over steps at which it has no point. */
  readonly joined?: boolean;
  /** A mark at each point. */
  readonly marked?: boolean;
}

/** The room between two curves, by their numbers. */
export interface ChartBand {
  readonly upper: number;
  readonly lower: number;
  /** Name of a design token: `#rrggbb`. */
  readonly colour: string;
}
