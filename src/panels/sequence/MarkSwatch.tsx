import { OUTLINES, type MarkStyle } from './markStyle';

/** A mark as it is drawn on the picture, on a piece of its curve. */
export function MarkSwatch({ style: { colour, shape, dash } }: { style: MarkStyle }) {
  const outline = OUTLINES[shape];
  const drawn = { stroke: `var(${colour})`, strokeWidth: 2, fill: 'var(--surface)' };
  return (
    <svg width={28} height={12} aria-hidden>
      <line
        x1={0}
        x2={28}
        y1={6}
        y2={6}
        stroke={`var(${colour})`}
        strokeWidth={2}
        strokeDasharray={dash.join(' ')}
      />
      {outline ? (
        <polygon
          points={outline.map(([x, y]) => `${14 + 4 * x},${6 + 4 * y}`).join(' ')}
          {...drawn}
        />
      ) : (
        <circle cx={14} cy={6} r={4} {...drawn} />
      )}
    </svg>
  );
}
