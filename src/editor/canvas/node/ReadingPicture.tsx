import { useLayoutEffect, useRef } from 'react';
import type { NodeReading } from '../../store/overlayStore';
import { paintReading } from './paintReading';

interface ReadingPictureProps {
  readonly reading: Exclude<NodeReading, { kind: 'score' }>;
  readonly className?: string | undefined;
  /** Pixels, of the node's own when not given. */
  readonly size?: { readonly width: number; readonly height: number };
}

const SIZE = { width: 148, height: 40 };

/** What passes a port: pictures side by side, rows of numbers as shades, or counts by dimension. */
export function ReadingPicture({ reading, className, size = SIZE }: ReadingPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = size;
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = window.devicePixelRatio;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    paintReading(context, reading, getComputedStyle(element).color);
  }, [reading, width, height]);
  return (
    <canvas
      ref={canvas}
      className={className}
      style={{ width, height }}
      role="img"
      aria-label={readingText(reading)}
    />
  );
}

function readingText(reading: ReadingPictureProps['reading']): string {
  return reading.kind === 'histogram'
    ? `Histograms of ${reading.counts.length} dimensions`
    : `${reading.samples.length} held-out samples of ${reading.shape.join('×')}`;
}
