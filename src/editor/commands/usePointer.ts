import { useCallback, useEffect, useRef } from 'react';
import { canvasCentre } from '../canvas/flow/canvasBox';
import type { Point } from '../store/uiStore';

/** Where the pointer last was over the canvas; the middle of the canvas when it is elsewhere. */
export function usePointer(): () => Point {
  const last = useRef<Point | null>(null);
  useEffect(() => {
    const move = (event: PointerEvent): void => {
      // Over the canvas' own menu: what it does is for the place where it was opened.
      if (document.querySelector('[data-canvas-menu]')) return;
      const over = event.target instanceof Element && event.target.closest('.react-flow') !== null;
      last.current = over ? { x: event.clientX, y: event.clientY } : null;
    };
    window.addEventListener('pointermove', move, { passive: true });
    // A finger does not move before it presses.
    window.addEventListener('pointerdown', move, { passive: true });
    return () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerdown', move);
    };
  }, []);
  return useCallback(() => last.current ?? canvasCentre(), []);
}
