import { Lasso, Maximize, Minus, Move, Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import { IconButton } from '../../editor/ui/IconButton';
import { useThemeColours } from '../charts/themeColours';
import { useBoxSize } from '../landscape/useBoxSize';
import styles from './PointChart.module.css';
import type { PointScene } from './pointScene';
import { PointStage } from './pointStage';

interface PointChartProps {
  /** What it shows, for those who cannot see it. */
  readonly label: string;
  /** Id of what says how to use it with the keyboard. */
  readonly describedBy: string;
  readonly scene: PointScene;
  /** Of the weights. */
  readonly step: number | null;
  /** What the places are of: another one is seen from the front again. */
  readonly subject: string;
  /** The point under the pointer, or that keys have gone to; −1 without one. */
  readonly cursor: number;
  readonly onCursor: (point: number) => void;
  /** Points were chosen: in place of those before, or besides. */
  readonly onSelect: (points: readonly number[], adds: boolean) => void;
  /** One point was chosen, or is not any more. */
  readonly onToggle: (point: number) => void;
  /** No point is to be chosen any more. */
  readonly onClear: () => void;
  readonly stage: RefObject<PointStage | null>;
}

/** What is dragged less, in pixels, is a click. */
const STILL = 4;
const WHEEL = 0.0015;
const ZOOM_STEP = 1.3;
const TURN_OF_PIXEL = 0.008;
const KEY_PAN = 24;
const KEY_TURN = 0.12;

type Pixels = readonly [number, number];

const ARROWS: Readonly<Record<string, Pixels>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface Drag {
  readonly kind: 'lasso' | 'move' | 'turn';
  readonly adds: boolean;
  readonly line: Pixels[];
  length: number;
}

/** Points that can be moved, turned, pointed at and circled. */
export function PointChart(props: PointChartProps) {
  const { label, describedBy, scene, step, subject, cursor, onCursor, stage } = props;
  const box = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const drag = useRef<Drag | null>(null);
  const size = useBoxSize(box);
  const token = useThemeColours();
  const [lasso, setLasso] = useState(false);

  useEffect(() => {
    const element = box.current;
    if (!below.current || !above.current || !element) return;
    const made = new PointStage(below.current, above.current);
    stage.current = made;
    element.dataset['painter'] = made.kind ?? 'none';
    // React listens to wheels passively, and the page must not scroll.
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      made.zoom(Math.exp(-WHEEL * event.deltaY), pixelsOf(event, element));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('wheel', onWheel);
      stage.current = null;
      made.dispose();
    };
  }, [stage]);
  useEffect(() => stage.current?.setSize(size), [stage, size]);
  useEffect(() => stage.current?.setToken(token), [stage, token]);
  useEffect(() => stage.current?.show(scene, subject), [stage, scene, subject]);
  useEffect(() => stage.current?.setCursor(cursor), [stage, cursor]);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 && event.button !== 1) return;
    const isLasso = event.button === 0 && lasso !== event.shiftKey;
    const turns = scene.isSpace && event.button === 0 && !event.altKey;
    drag.current = {
      ...{ kind: isLasso ? 'lasso' : turns ? 'turn' : 'move', length: 0 },
      ...{ adds: event.ctrlKey || event.metaKey, line: [pixelsOf(event, event.currentTarget)] },
    };
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus();
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const here = pixelsOf(event, event.currentTarget);
    const going = drag.current;
    if (going === null) return onCursor(stage.current?.pointAt(...here) ?? -1);
    const [x, y] = going.line.at(-1) ?? here;
    const [dx, dy] = [here[0] - x, here[1] - y];
    going.length += Math.hypot(dx, dy);
    going.line.push(here);
    if (going.kind === 'lasso') stage.current?.setLine([...going.line]);
    else if (going.kind === 'move') stage.current?.pan(dx, dy);
    else stage.current?.turn(TURN_OF_PIXEL * dx, TURN_OF_PIXEL * dy);
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>): void => {
    const done = drag.current;
    drag.current = null;
    if (done === null) return;
    stage.current?.setLine([]);
    if (done.length < STILL) {
      const point = stage.current?.pointAt(...pixelsOf(event, event.currentTarget)) ?? -1;
      if (point >= 0) props.onToggle(point);
    } else if (done.kind === 'lasso') {
      props.onSelect(stage.current?.within(done.line) ?? [], done.adds);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const [across, down] = arrow;
      if (scene.isSpace && !event.shiftKey) stage.current?.turn(KEY_TURN * across, KEY_TURN * down);
      else stage.current?.pan(-KEY_PAN * across, -KEY_PAN * down);
    } else if (event.key === '+' || event.key === '=') stage.current?.zoom(ZOOM_STEP);
    else if (event.key === '-') stage.current?.zoom(1 / ZOOM_STEP);
    else if (event.key === '0') stage.current?.fit();
    else if (event.key === 'n') onCursor((cursor + 1) % scene.count);
    else if (event.key === 'p')
      onCursor((cursor + scene.count - (cursor < 0 ? 0 : 1)) % scene.count);
    else if (event.key === 'Enter' && cursor >= 0) props.onToggle(cursor);
    else if (event.key === 'Escape') props.onClear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles.frame}>
      <div
        ref={box}
        className={styles.chart}
        data-figure="part"
        role="application"
        aria-label={label}
        aria-describedby={describedBy}
        tabIndex={0}
        data-testid="embedding"
        data-step={step ?? 'initial'}
        data-points={scene.count}
        data-lasso={lasso}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => (drag.current = null)}
        onPointerLeave={() => drag.current === null && onCursor(-1)}
        onBlur={() => onCursor(-1)}
        onKeyDown={onKeyDown}
      >
        <canvas ref={below} aria-hidden />
        <canvas ref={above} aria-hidden />
      </div>
      <div className={styles.buttons} role="group" aria-label="How points are seen">
        <IconButton
          label={scene.isSpace ? 'Drag to turn' : 'Drag to move'}
          pressed={!lasso}
          onClick={() => setLasso(false)}
        >
          <Move size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <IconButton
          label="Drag to circle points"
          keys="Shift"
          pressed={lasso}
          onClick={() => setLasso(true)}
        >
          <Lasso size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <IconButton label="Nearer" keys="+" onClick={() => stage.current?.zoom(ZOOM_STEP)}>
          <Plus size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <IconButton label="Farther" keys="-" onClick={() => stage.current?.zoom(1 / ZOOM_STEP)}>
          <Minus size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <IconButton label="All points" keys="0" onClick={() => stage.current?.fit()}>
          <Maximize size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}

function pixelsOf(
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
  element: HTMLElement,
): Pixels {
  const { left, top } = element.getBoundingClientRect();
  return [clientX - left, clientY - top];
}
