import type { CurveStyle } from './curveStyle';
import type { ReadToken } from './themeColours';

interface ImageLegend {
  readonly label: string;
  readonly style: CurveStyle;
}

const MARGIN = 16;
const TITLE = 24;
const LINE = 20;

/** A picture of charts side by side with their title and legend, on the colours of the theme. */
export async function chartImage(
  title: string,
  charts: readonly HTMLCanvasElement[],
  legend: readonly ImageLegend[],
  token: ReadToken,
): Promise<Blob | null> {
  const scale = window.devicePixelRatio;
  const widths = charts.map(({ width }) => width / scale);
  const width = widths.reduce((sum, one) => sum + one, 0) + MARGIN * 2;
  const chartHeight = Math.max(...charts.map(({ height }) => height / scale));
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null || charts.length === 0) return null;

  const font = (weight: number, size: number) => `${weight} ${size}px ${token('--font-text')}`;
  context.font = font(400, 12);
  const rows = layOutLegend(context, legend, width - 2 * MARGIN);
  canvas.width = width * scale;
  canvas.height = (MARGIN * 2 + TITLE + rows.length * LINE + chartHeight) * scale;
  context.scale(scale, scale);
  context.fillStyle = token('--surface');
  context.fillRect(0, 0, width, canvas.height);
  context.textBaseline = 'middle';
  context.fillStyle = token('--text');
  context.font = font(600, 14);
  context.fillText(title, MARGIN, MARGIN + TITLE / 2);

  context.font = font(400, 12);
  rows.forEach((row, index) => {
    const y = MARGIN + TITLE + (index + 0.5) * LINE;
    for (const { entry, x } of row) {
      context.strokeStyle = token(entry.style.colour);
      context.lineWidth = entry.style.width;
      context.setLineDash([...entry.style.dash]);
      context.beginPath();
      context.moveTo(MARGIN + x, y);
      context.lineTo(MARGIN + x + 20, y);
      context.stroke();
      context.fillText(entry.label, MARGIN + x + 26, y);
    }
  });
  let left = MARGIN;
  charts.forEach((chart, index) => {
    const chartWidth = widths[index] ?? 0;
    const top = MARGIN + TITLE + rows.length * LINE;
    context.drawImage(chart, left, top, chartWidth, chart.height / scale);
    left += chartWidth;
  });
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

function layOutLegend(
  context: CanvasRenderingContext2D,
  legend: readonly ImageLegend[],
  width: number,
): { entry: ImageLegend; x: number }[][] {
  const rows: { entry: ImageLegend; x: number }[][] = [];
  let x = 0;
  for (const entry of legend) {
    const needed = 26 + context.measureText(entry.label).width + 20;
    const row = rows.at(-1);
    if (row === undefined || x + needed > width) {
      rows.push([{ entry, x: 0 }]);
      x = needed;
    } else {
      row.push({ entry, x });
      x += needed;
    }
  }
  return rows;
}
