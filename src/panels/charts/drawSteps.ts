import type uPlot from 'uplot';
import { formatCount, formatNumber } from '../../core/formatNumber';
import type { Drawing } from '../../editor/figure/drawing';
import type { ChartBand, Curve } from './curve';
import type { ReadToken } from './themeColours';

/** Of a band, so that what is behind it shows through. */
export const BAND_OPACITY = '26';
const TICK = 4;
const GAP = 4;
const POINT_RADIUS = 2.5;

interface DrawnSteps {
  readonly curves: readonly Curve[];
  readonly bands?: readonly ChartBand[];
  readonly reference?: number | null;
  readonly mark?: number | null;
  readonly edits?: readonly number[];
}

/** What stands at a step of the axis: half steps have no number. */
export function stepText(step: number): string {
  return step % 1 === 0 ? formatCount(step) : '';
}

export function valueText(value: number | null | undefined): string {
  return value == null ? '' : formatNumber(value);
}

/** The plot, in CSS pixels of the chart. */
interface Plot {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  x(step: number): number;
  y(value: number): number;
}

/** A chart over steps as uPlot shows it, on any drawing: axes, bands, curves and marks. */
export function drawSteps(
  drawing: Drawing,
  chart: uPlot,
  content: DrawnSteps,
  token: ReadToken,
): void {
  const ratio = devicePixelRatio;
  const { left, top, width, height } = chart.bbox;
  const plot: Plot = {
    left: left / ratio,
    top: top / ratio,
    right: (left + width) / ratio,
    bottom: (top + height) / ratio,
    x: (step) => left / ratio + chart.valToPos(step, 'x'),
    y: (value) => top / ratio + chart.valToPos(value, 'y'),
  };
  drawAxes(drawing, chart, plot, token);
  drawing.save();
  drawing.beginPath();
  drawing.rect(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top);
  drawing.clip();
  for (const { upper, lower, colour } of content.bands ?? []) {
    drawing.fillStyle = token(colour) + BAND_OPACITY;
    drawBand(drawing, chart, plot, upper + 1, lower + 1);
  }
  content.curves.forEach((curve, index) => {
    if (curve.visible) drawCurve(drawing, chart, plot, curve, index + 1, token);
  });
  drawing.lineWidth = 1;
  const { reference = null, mark = null, edits = [] } = content;
  if (reference !== null) {
    drawing.strokeStyle = token('--text-faint');
    drawing.setLineDash([4, 4]);
    line(drawing, plot.left, plot.y(reference), plot.right, plot.y(reference));
  }
  if (mark !== null) {
    drawing.strokeStyle = token('--accent');
    drawing.setLineDash([]);
    line(drawing, plot.x(mark), plot.top, plot.x(mark), plot.bottom);
  }
  drawing.strokeStyle = token('--text-faint');
  drawing.setLineDash([2, 3]);
  for (const step of edits) line(drawing, plot.x(step), plot.top, plot.x(step), plot.bottom);
  drawing.restore();
}

function drawAxes(drawing: Drawing, chart: uPlot, plot: Plot, token: ReadToken): void {
  const { left, top, right, bottom } = plot;
  drawing.font = `11px ${token('--font-text')}`;
  drawing.fillStyle = token('--text-faint');
  drawing.lineWidth = 1;
  drawing.strokeStyle = token('--hairline');
  drawing.textAlign = 'center';
  drawing.textBaseline = 'top';
  for (const { at, text } of splitsOf(chart, 0, stepText)) {
    const x = plot.x(at);
    line(drawing, x, top, x, bottom + TICK);
    drawing.fillText(text, x, bottom + TICK + GAP);
  }
  drawing.textAlign = 'right';
  drawing.textBaseline = 'middle';
  for (const { at, text } of splitsOf(chart, 1, valueText)) {
    const y = plot.y(at);
    line(drawing, left - TICK, y, right, y);
    drawing.fillText(text, left - TICK - GAP, y);
  }
  drawing.strokeStyle = token('--hairline-strong');
  line(drawing, left, top, left, bottom);
  line(drawing, left, bottom, right, bottom);
}

/** Where an axis has numbers: uPlot keeps them with the axis, and leaves out what has no room. */
function splitsOf(
  chart: uPlot,
  axis: number,
  textOf: (value: number) => string,
): { readonly at: number; readonly text: string }[] {
  const kept = chart.axes[axis] as { readonly _splits?: readonly (number | null)[] } | undefined;
  return (kept?._splits ?? []).flatMap((at) => (at === null ? [] : [{ at, text: textOf(at) }]));
}

function drawCurve(
  drawing: Drawing,
  chart: uPlot,
  plot: Plot,
  { style, faint = false, joined = false, marked = false }: Curve,
  series: number,
  token: ReadToken,
): void {
  const steps = chart.data[0];
  const values = chart.data[series] ?? [];
  const colour = token(style.colour);
  drawing.globalAlpha = faint ? 0.3 : 1;
  drawing.strokeStyle = colour;
  drawing.lineWidth = faint ? 1 : style.width;
  drawing.lineJoin = 'round';
  drawing.setLineDash([...style.dash]);
  drawing.beginPath();
  let isOn = false;
  steps.forEach((step, at) => {
    const value = values[at];
    if (value == null) {
      isOn &&= joined;
      return;
    }
    if (isOn) drawing.lineTo(plot.x(step), plot.y(value));
    else drawing.moveTo(plot.x(step), plot.y(value));
    isOn = true;
  });
  drawing.stroke();
  drawing.setLineDash([]);
  if (marked || steps.length < 2) {
    drawing.fillStyle = token('--surface');
    drawing.lineWidth = 1;
    steps.forEach((step, at) => {
      const value = values[at];
      if (value == null) return;
      drawing.beginPath();
      drawing.arc(plot.x(step), plot.y(value), POINT_RADIUS, 0, 2 * Math.PI);
      drawing.fill();
      drawing.stroke();
    });
  }
  drawing.globalAlpha = 1;
}

/** Between two series, wherever both have a value. */
function drawBand(drawing: Drawing, chart: uPlot, plot: Plot, upper: number, lower: number): void {
  const [steps, above = [], below = []] = [chart.data[0], chart.data[upper], chart.data[lower]];
  const shown = Array.from(steps).flatMap((step, at) => {
    const [high, low] = [above[at], below[at]];
    return high == null || low == null ? [] : [{ step, high, low }];
  });
  drawing.beginPath();
  for (const { step, high } of shown) drawing.lineTo(plot.x(step), plot.y(high));
  for (const { step, low } of shown.reverse()) drawing.lineTo(plot.x(step), plot.y(low));
  drawing.closePath();
  drawing.fill();
}

function line(drawing: Drawing, x1: number, y1: number, x2: number, y2: number): void {
  drawing.beginPath();
  drawing.moveTo(x1, y1);
  drawing.lineTo(x2, y2);
  drawing.stroke();
}
