interface SparklineProps {
  readonly values: readonly number[];
  readonly width?: number;
  readonly height?: number;
  readonly label: string;
}

/** A small curve without axes, from its least to its greatest value. */
export function Sparkline({ values, width = 64, height = 16, label }: SparklineProps) {
  const finite = values.filter((value) => Number.isFinite(value));
  if (finite.length < 2) return <span style={{ display: 'inline-block', width, height }} />;
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low || 1;
  const points = finite.map((value, index) => {
    const x = (index / (finite.length - 1)) * (width - 2) + 1;
    const y = height - 1 - ((value - low) / span) * (height - 2);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg width={width} height={height} role="img" aria-label={label}>
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="var(--text-muted)"
        strokeWidth={1.25}
        strokeLinejoin="round"
      />
    </svg>
  );
}
