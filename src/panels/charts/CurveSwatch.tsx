import type { CurveStyle } from './curveStyle';

/** A piece of the curve, as it is drawn in the chart. */
export function CurveSwatch({ style }: { style: CurveStyle }) {
  return (
    <svg width={20} height={8} aria-hidden>
      <line
        x1={0}
        x2={20}
        y1={4}
        y2={4}
        stroke={`var(${style.colour})`}
        strokeWidth={style.width + 0.5}
        strokeDasharray={style.dash.join(' ')}
      />
    </svg>
  );
}
