import { useEffect, useLayoutEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { setPainter } from '../../editor/figure/drawing';
import type { ChartBand, Curve } from './curve';
import { BAND_OPACITY, drawSteps, stepText, valueText } from './drawSteps';
import styles from './StepChart.module.css';
import { useThemeColours } from './themeColours';

/** Steps from – to. */
export type StepRange = readonly [number, number];

interface StepChartProps {
  /** What it shows, for those who cannot see it. */
  readonly label: string;
  /** Ascending. */
  readonly steps: readonly number[];
  readonly curves: readonly Curve[];
  readonly bands?: readonly ChartBand[];
  readonly log?: boolean;
  /** Charts with the same key share the cross-hair. */
  readonly sync?: string;
  /** The steps to show; null for all. */
  readonly zoom?: StepRange | null;
  readonly onZoom?: (zoom: StepRange | null) => void;
  /** The step under the pointer. */
  readonly onHover?: (step: number | null) => void;
  /** A step that was clicked, or dragged to; no steps are selected then. */
  readonly onPick?: (step: number) => void;
  /** Pixels that the curves have to themselves. */
  readonly onWidth?: (width: number) => void;
  /** A horizontal line to compare with, e.g. the healthy value. */
  readonly reference?: number | null;
  /** Values that the axis has room for, so that charts can be compared. */
  readonly including?: readonly number[];
  /** A vertical line at a step that is looked at. */
  readonly mark?: number | null;
  /** Dashed vertical lines at steps where the graph was changed. */
  readonly edits?: readonly number[];
}

/** A line chart over steps that fills its box. Drag selects steps, a double click shows them all again. */
export function StepChart(props: StepChartProps) {
  const {
    label,
    steps,
    curves,
    log = false,
    sync,
    zoom = null,
    reference = null,
    mark = null,
    including,
    edits,
  } = props;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(props);
  const token = useThemeColours();
  const structure = JSON.stringify([
    curves.map((curve) => [curve.label, curve.style, curve.faint, curve.joined, curve.marked]),
    props.bands,
  ]);

  useLayoutEffect(() => {
    latest.current = props;
  });

  // A chart is built anew for other curves, another scale or another theme; everything else updates it.
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const { width, height } = element.getBoundingClientRect();
    const built = new uPlot(
      {
        width: Math.max(width, 60),
        height: Math.max(height, 40),
        padding: [8, 12, 0, 0],
        legend: { show: false },
        cursor: {
          y: false,
          drag: { x: latest.current.onPick === undefined, y: false, setScale: false },
          points: { size: 6 },
          ...(sync === undefined ? {} : { sync: { key: sync, setSeries: false } }),
        },
        scales: {
          x: { time: false, range: (_, min, max) => visibleSteps(latest.current.zoom, min, max) },
          y: {
            distr: log ? 3 : 1,
            range: (_, min, max) => valueRange(min, max, log, valuesToShow(latest.current)),
          },
        },
        axes: [
          {
            ...axisStyle(token),
            size: 28,
            space: 40,
            values: (_, splits) => splits.map(stepText),
          },
          {
            ...axisStyle(token),
            size: (_, values) => yAxisWidth(values),
            space: 28,
            values: (_, splits) => splits.map(valueText),
          },
        ],
        series: [
          {},
          ...latest.current.curves.map(({ label, style, faint, joined, marked, visible }) => ({
            label,
            show: visible,
            stroke: token(style.colour),
            width: faint === true ? 1 : style.width,
            dash: [...style.dash],
            alpha: faint === true ? 0.3 : 1,
            spanGaps: joined === true,
            points: { show: (u: uPlot) => marked === true || (u.data[0]?.length ?? 0) < 2 },
          })),
        ],
        bands: (latest.current.bands ?? []).map(({ upper, lower, colour }) => ({
          series: [upper + 1, lower + 1],
          fill: token(colour) + BAND_OPACITY,
        })),
        hooks: {
          setCursor: [
            (u) => {
              const left = u.cursor.left ?? -1;
              latest.current.onHover?.(left < 0 ? null : Math.round(u.posToVal(left, 'x')));
            },
          ],
          setSelect: [
            ({ select, posToVal }) => {
              if (select.width < 4) return;
              latest.current.onZoom?.([
                Math.max(0, Math.floor(posToVal(select.left, 'x'))),
                Math.ceil(posToVal(select.left + select.width, 'x')),
              ]);
            },
          ],
          draw: [
            (u) => drawReference(u, latest.current.reference ?? null, token('--text-faint')),
            (u) => drawMark(u, latest.current.mark ?? null, token('--accent')),
            (u) => {
              for (const step of latest.current.edits ?? [])
                drawMark(u, step, token('--text-faint'), [2, 3]);
            },
          ],
          setSize: [(u) => latest.current.onWidth?.(u.over.clientWidth)],
        },
      },
      alignedData(latest.current.steps, latest.current.curves, log),
      element,
    );
    built.over.addEventListener('dblclick', () => latest.current.onZoom?.(null));
    const pick = ({ offsetX }: MouseEvent): void =>
      latest.current.onPick?.(Math.round(built.posToVal(offsetX, 'x')));
    built.over.addEventListener('click', pick);
    built.over.addEventListener('mousemove', (event) => {
      if (event.buttons === 1) pick(event);
    });
    chart.current = built;
    latest.current.onWidth?.(built.over.clientWidth);
    setPainter(built.ctx.canvas, (drawing) => drawSteps(drawing, built, latest.current, token));
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      if (width > 0 && height > 0) built.setSize({ width, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.current = null;
      built.destroy();
    };
  }, [structure, log, sync, token]);

  useEffect(() => {
    const built = chart.current;
    if (built === null) return;
    built.batch(() => {
      curves.forEach(({ visible }, index) => {
        if (built.series[index + 1]?.show !== visible)
          built.setSeries(index + 1, { show: visible });
      });
      built.setData(alignedData(steps, curves, log));
      built.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    });
    // `structure`, so that a chart that was built anew gets what changed meanwhile.
  }, [steps, curves, log, zoom, reference, including, mark, edits, structure]);

  return <div ref={box} className={styles.chart} role="img" aria-label={label} />;
}

function axisStyle(token: (name: string) => string) {
  const line = { stroke: token('--hairline'), width: 1 };
  return {
    stroke: token('--text-faint'),
    font: `11px ${token('--font-text')}`,
    gap: 4,
    grid: line,
    ticks: { ...line, size: 4 },
    border: { show: true, stroke: token('--hairline-strong'), width: 1 },
  };
}

/** As wide as the longest label, in steps, so that the chart does not twitch while it runs. */
function yAxisWidth(labels: readonly string[] | null): number {
  const longest = Math.max(2, ...(labels ?? []).map((label) => label.length));
  return 16 + 8 * Math.ceil((longest * 6.5) / 8);
}

/** A logarithmic scale has no place for what is not positive: a gap. */
function alignedData(
  steps: readonly number[],
  curves: readonly Curve[],
  log: boolean,
): uPlot.AlignedData {
  const values = curves.map(({ points }) =>
    log ? points.map((point) => (typeof point === 'number' && point <= 0 ? null : point)) : points,
  );
  return [[...steps], ...values];
}

function visibleSteps(
  zoom: StepRange | null | undefined,
  min: number | null,
  max: number | null,
): [number, number] {
  if (zoom) return [zoom[0], Math.max(zoom[1], zoom[0] + 1)];
  const from = min ?? 0;
  return [from, Math.max(max ?? 1, from + 1)];
}

function valuesToShow({ reference = null, including = [] }: StepChartProps): readonly number[] {
  return reference === null ? including : [reference, ...including];
}

function valueRange(
  min: number | null,
  max: number | null,
  log: boolean,
  including: readonly number[],
): uPlot.Range.MinMax {
  if (min === null || max === null || !Number.isFinite(min) || !Number.isFinite(max)) {
    return log ? [0.1, 10] : [0, 1];
  }
  const low = Math.min(min, ...including);
  const high = Math.max(max, ...including);
  if (log) return uPlot.rangeLog(low, high, 10, false);
  return uPlot.rangeNum(low, high, {
    min: { pad: 0.08, soft: 0, mode: 3 },
    max: { pad: 0.08, soft: 0, mode: 3 },
  });
}

function drawMark(
  { ctx, bbox, valToPos }: uPlot,
  step: number | null,
  colour: string,
  dash: readonly number[] = [],
) {
  if (step === null) return;
  const x = Math.round(valToPos(step, 'x', true));
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash(dash.map((length) => length * uPlot.pxRatio));
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

function drawReference({ ctx, bbox, valToPos }: uPlot, value: number | null, colour: string) {
  if (value === null) return;
  const y = Math.round(valToPos(value, 'y', true));
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash([4 * uPlot.pxRatio, 4 * uPlot.pxRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}
