import type { Drawing } from '../../editor/figure/drawing';
import { formatNumber } from '../../core/formatNumber';
import type { ReadToken } from '../charts/themeColours';
import type { Box, ChartLayout } from './chartLayout';
import { toPixels } from './chartLayout';
import type { LandscapeLayer, LayerSource } from './layers';
import { BANDS, paintField } from './paintField';
import type { ShownField } from './shownField';
import { ticks } from './ticks';
import type { ValueScale } from './valueScale';
import { viridis } from './viridis';

/** Room that a number of an axis needs. */
const TICK_SPACE = { across: 56, up: 32 } as const;
/** Between the name of the horizontal axis, at the end of its numbers, and the middle of the last number before it. */
const NAME_GAP = 20;
/** From the bar to what is written along it, behind its numbers. */
const CAPTION = 64;
const BAR_TICKS = [0, 0.25, 0.5, 0.75, 1] as const;

/** What lies below the layers. */
export interface FieldContent extends Pick<LayerSource, 'frame'> {
  readonly field: ShownField;
  readonly layout: ChartLayout;
  /** What the colours stand for, such as `F`. */
  readonly quantity: string;
}

export interface LayersContent {
  readonly source: LayerSource;
  readonly layers: readonly LandscapeLayer[];
  readonly layout: ChartLayout;
}

/** Axes, filled contours and colour bar, in CSS pixels on a context that is scaled by `ratio`. */
export function drawField(
  context: Drawing,
  { frame, field, layout, quantity }: FieldContent,
  token: ReadToken,
  ratio: number,
): void {
  const { plot } = layout;
  context.clearRect(0, 0, layout.width, layout.height);
  context.fillStyle = token('--surface-sunken');
  context.fillRect(plot.left, plot.top, plot.width, plot.height);
  const { columns, rows } = frame;
  const width = Math.round(plot.width * ratio);
  const height = Math.round(plot.height * ratio);
  const pixels = paintField({ columns, rows, units: field.units }, width, height);
  const image = document.createElement('canvas');
  image.width = width;
  image.height = height;
  image.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  context.drawImage(image, plot.left, plot.top, plot.width, plot.height);
  drawAxes(context, frame, plot, token);
  drawBar(context, field, layout.bar, quantity, token);
}

/** The layers, inside the plot. */
export function drawLayers(
  context: Drawing,
  { source, layers, layout }: LayersContent,
  token: ReadToken,
): void {
  const { plot } = layout;
  context.save();
  context.font = `600 11px ${token('--font-text')}`;
  context.beginPath();
  context.rect(plot.left, plot.top, plot.width, plot.height);
  context.clip();
  for (const layer of layers) {
    context.save();
    layer.draw(context, source, (point) => toPixels(plot, source.frame.range, point));
    context.restore();
  }
  context.restore();
}

function drawAxes(
  context: Drawing,
  { range, axes: [across, up] }: LayerSource['frame'],
  plot: Box,
  token: ReadToken,
): void {
  const bottom = plot.top + plot.height;
  context.strokeStyle = token('--hairline-strong');
  context.lineWidth = 1;
  context.strokeRect(plot.left - 0.5, plot.top - 0.5, plot.width + 1, plot.height + 1);
  context.font = `600 11px ${token('--font-text')}`;
  const name = context.measureText(across.label).width;
  context.font = `11px ${token('--font-text')}`;
  context.fillStyle = token('--text-muted');
  context.textBaseline = 'top';
  context.textAlign = 'center';
  for (const value of ticks(range.x, plot.width / TICK_SPACE.across)) {
    const [x] = toPixels(plot, range, [value, range.y[0]]);
    mark(context, x, bottom + 1, 0, 4);
    if (x > plot.left + plot.width - name - NAME_GAP) continue;
    context.fillText(formatNumber(value), x, bottom + 8);
  }
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const value of ticks(range.y, plot.height / TICK_SPACE.up)) {
    const [, y] = toPixels(plot, range, [range.x[0], value]);
    mark(context, plot.left - 1, y, -4, 0);
    context.fillText(formatNumber(value), plot.left - 8, y);
  }
  context.fillStyle = token('--text');
  context.font = `600 11px ${token('--font-text')}`;
  context.textAlign = 'right';
  context.textBaseline = 'top';
  context.fillText(across.label, plot.left + plot.width, bottom + 8);
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  upwards(context, 12, plot.top + plot.height / 2, () => context.fillText(up.label, 0, 0));
}

function drawBar(
  context: Drawing,
  { scale }: ShownField,
  { left, top, width, height }: Box,
  quantity: string,
  token: ReadToken,
): void {
  for (let band = 0; band < BANDS; band++) {
    const [red, green, blue] = viridis((band + 0.5) / BANDS);
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    const upper = Math.round(top + height * (1 - (band + 1) / BANDS));
    const lower = Math.round(top + height * (1 - band / BANDS));
    context.fillRect(left, upper, width, lower - upper);
  }
  context.strokeStyle = token('--hairline-strong');
  context.strokeRect(left - 0.5, top - 0.5, width + 1, height + 1);
  context.font = `11px ${token('--font-text')}`;
  context.fillStyle = token('--text-muted');
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const part of BAR_TICKS) {
    const y = top + height * (1 - part);
    mark(context, left + width + 1, y, 4, 0);
    const value = formatNumber(tickValue(scale, part));
    context.fillText(part === 1 && scale.isCut ? `≥ ${value}` : value, left + width + 8, y);
  }
  context.textBaseline = 'alphabetic';
  // Along the bar: the quantity, and behind it the scale.
  upwards(context, left + width + CAPTION, top + height / 2, () => {
    const font = token('--font-text');
    context.font = `600 11px ${font}`;
    const first = context.measureText(`${quantity}  `).width;
    context.font = `11px ${font}`;
    const start = -(first + context.measureText(scale.label).width) / 2;
    context.fillStyle = token('--text-muted');
    context.fillText(scale.label, start + first, 0);
    context.fillStyle = token('--text');
    context.font = `600 11px ${font}`;
    context.fillText(quantity, start, 0);
  });
}

/** Draws around a point with the text running upwards. */
function upwards(context: Drawing, x: number, y: number, draw: () => void): void {
  context.save();
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  draw();
  context.restore();
}

/** Three digits; on a linear scale what is nothing beside its length is 0. */
function tickValue({ id, low, high, fromUnit }: ValueScale, part: number): number {
  const value = fromUnit(part);
  const isNothing = id === 'linear' && Math.abs(value) < 1e-3 * (high - low);
  return isNothing ? 0 : Number(value.toPrecision(3));
}

/** A tick from a point. */
function mark(context: Drawing, x: number, y: number, across: number, down: number): void {
  context.beginPath();
  context.moveTo(Math.round(x) + (down === 0 ? 0 : 0.5), Math.round(y) + (across === 0 ? 0 : 0.5));
  context.lineTo(
    Math.round(x) + across + (down === 0 ? 0 : 0.5),
    Math.round(y) + down + (across === 0 ? 0 : 0.5),
  );
  context.stroke();
}
