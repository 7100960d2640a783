import { useLayoutEffect, useMemo, useRef } from 'react';
import type { KeyboardEvent, MouseEvent, PointerEvent, RefObject } from 'react';
import type { PlanePoint } from '../../probing/landscape/landscapeFrame';
import type { Drawing } from '../../editor/figure/drawing';
import { useThemeColours } from '../charts/themeColours';
import { chartLayout, fromPixels, toPixels } from './chartLayout';
import { drawField, drawLayers, type FieldContent, type LayersContent } from './drawChart';
import styles from './LandscapeChart.module.css';
import { paintCanvas } from './preparedCanvas';
import { useBoxSize } from './useBoxSize';

export interface ChartPicture
  extends Pick<FieldContent, 'field' | 'quantity'>, Omit<LayersContent, 'layout'> {}

interface LandscapeChartProps {
  /** What it shows, for those who cannot see it. */
  readonly label: string;
  /** Id of what says how to use it with the keyboard. */
  readonly describedBy: string;
  readonly picture: ChartPicture;
  /** The point under the pointer, or that the arrow keys have moved. */
  readonly cursor: PlanePoint | null;
  readonly onCursor: (point: PlanePoint | null) => void;
  /** A point was chosen; null: none any more. */
  readonly onPick: (point: PlanePoint | null) => void;
  readonly box: RefObject<HTMLDivElement | null>;
}

/** Parts of the picture that an arrow key moves the cursor by, and with Shift. */
const STEP = 1 / 64;
const LARGE_STEP = 1 / 8;
const ARROWS: Readonly<Record<string, PlanePoint>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** A landscape with its colour bar and layers, on two canvases: what the pointer changes is drawn without the contours. */
export function LandscapeChart(props: LandscapeChartProps) {
  const { label, describedBy, picture, cursor, onCursor, onPick, box } = props;
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const size = useBoxSize(box);
  const token = useThemeColours();
  const { source, layers, field, quantity } = picture;
  const { variable, frame } = source;
  const { range } = frame;
  const equal = !variable.isApart;
  const layout = useMemo(() => chartLayout(size, range, equal), [size, range, equal]);
  // As wide as the height lets it be; what is beside it takes the rest.
  const { width: wanted } = chartLayout({ ...size, width: Infinity }, range, equal);

  useLayoutEffect(() => {
    const content = { frame, field, quantity, layout };
    paintCanvas(below.current, layout, (drawing) =>
      drawField(drawing, content, token, window.devicePixelRatio),
    );
  }, [frame, field, quantity, layout, token]);

  useLayoutEffect(() => {
    paintCanvas(above.current, layout, (drawing) => {
      drawLayers(drawing, { source, layers, layout }, token);
      if (cursor !== null) drawCross(drawing, toPixels(layout.plot, range, cursor), layout);
    });
  }, [source, layers, layout, cursor, range, token]);

  const pointOf = ({ clientX, clientY }: MouseEvent): PlanePoint | null => {
    const { left, top } = box.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return fromPixels(layout.plot, range, [clientX - left, clientY - top]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const middle: PlanePoint = [(range.x[0] + range.x[1]) / 2, (range.y[0] + range.y[1]) / 2];
    const arrow = ARROWS[event.key];
    if (arrow) onCursor(moved(cursor ?? middle, arrow, event.shiftKey ? LARGE_STEP : STEP));
    else if (event.key === 'Enter') onPick(cursor ?? middle);
    else if (event.key === 'Escape') onPick(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const moved = ([x, y]: PlanePoint, [across, up]: PlanePoint, step: number): PlanePoint => [
    clamp(x + across * step * (range.x[1] - range.x[0]), range.x),
    clamp(y + up * step * (range.y[1] - range.y[0]), range.y),
  ];

  return (
    <div
      ref={box}
      className={styles.chart}
      style={{ flexBasis: wanted }}
      role="application"
      aria-label={label}
      aria-describedby={describedBy}
      tabIndex={0}
      data-testid="landscape"
      data-step={frame.step ?? 'initial'}
      onPointerMove={(event: PointerEvent) => onCursor(pointOf(event))}
      onPointerLeave={() => onCursor(null)}
      onBlur={() => onCursor(null)}
      onClick={(event) => {
        const point = pointOf(event);
        if (point !== null) onPick(point);
      }}
      onKeyDown={onKeyDown}
    >
      <canvas ref={below} aria-hidden />
      <canvas ref={above} aria-hidden />
    </div>
  );
}

function drawCross(
  context: Drawing,
  [x, y]: PlanePoint,
  { plot }: ReturnType<typeof chartLayout>,
): void {
  context.beginPath();
  context.moveTo(x, plot.top);
  context.lineTo(x, plot.top + plot.height);
  context.moveTo(plot.left, y);
  context.lineTo(plot.left + plot.width, y);
  context.strokeStyle = 'rgb(255 255 255 / 55%)';
  context.lineWidth = 1;
  context.stroke();
}

function clamp(value: number, [low, high]: readonly [number, number]): number {
  return Math.max(low, Math.min(high, value));
}
