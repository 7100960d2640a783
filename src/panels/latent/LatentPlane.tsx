import type { Drawing } from '../../editor/figure/drawing';
import { useLayoutEffect, useRef } from 'react';
import type { LatentFrame } from '../../probing/latent/latentFrame';
import { useThemeColours, type ReadToken } from '../charts/themeColours';
import { paintCanvas } from '../landscape/preparedCanvas';
import { useBoxSize } from '../landscape/useBoxSize';
import styles from './Latent.module.css';

type Place = (x: number, y: number) => readonly [number, number];

/** What is made of codes, in the plane of the data: a line for each number that is traversed, a cross with its number for each code. */
export function LatentPlane({ frame, label }: { frame: LatentFrame; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useBoxSize(box);
  const token = useThemeColours();
  useLayoutEffect(() => {
    if (size.width > 0) {
      paintCanvas(canvas.current, size, (drawing) => drawPlane(drawing, frame, size, token));
    }
  }, [frame, size, token]);
  return (
    <div ref={box} className={styles.plane}>
      <canvas ref={canvas} role="img" aria-label={label} data-testid="latent-plane" />
    </div>
  );
}

const MARGIN = 12;

function drawPlane(
  context: Drawing,
  { range, points, made, traversals, gallery, target }: LatentFrame,
  { width, height }: { readonly width: number; readonly height: number },
  token: ReadToken,
): void {
  if (!range) return;
  const [[left, right], [low, high]] = [range.x, range.y];
  const scale = Math.min(
    (width - 2 * MARGIN) / (right - left),
    (height - 2 * MARGIN) / (high - low),
  );
  const place: Place = (x, y) => [
    width / 2 + scale * (x - (left + right) / 2),
    height / 2 - scale * (y - (low + high) / 2),
  ];
  const madeAt = (index: number) => place(made[2 * index] ?? NaN, made[2 * index + 1] ?? NaN);
  const dot = ([x, y]: readonly [number, number], radius: number): void => {
    if (!Number.isFinite(x + y)) return;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  };
  context.fillStyle = token('--text-faint');
  context.globalAlpha = 0.45;
  for (let at = 0; at < (points?.length ?? 0); at += 2) {
    dot(place(points?.[at] ?? NaN, points?.[at + 1] ?? NaN), 1.75);
  }
  context.globalAlpha = 1;
  context.lineWidth = 2;
  traversals.forEach(({ first, values }, index) => {
    context.strokeStyle = token(`--label-${index % 8}`);
    context.fillStyle = context.strokeStyle;
    context.beginPath();
    values.forEach((_, step) => {
      const [x, y] = madeAt(first + step);
      if (step === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.stroke();
    values.forEach((_, step) => dot(madeAt(first + step), 3));
  });
  context.font = `600 12px ${token('--font-text')}`;
  context.textBaseline = 'middle';
  context.fillStyle = token('--category-latent');
  for (let code = 0; code < (gallery?.kind === 'codes' ? gallery.count : 0); code++) {
    const [x, y] = madeAt((gallery?.first ?? 0) + code);
    dot([x, y], 4);
    context.fillText(String(code + 1), x + 7, y);
  }
  context.strokeStyle = token('--text');
  context.lineWidth = 2;
  for (const [x, y, radius] of [
    [...place(target[0] ?? NaN, target[1] ?? NaN), 4],
    [...madeAt(0), 7],
  ] as const) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.stroke();
  }
}
