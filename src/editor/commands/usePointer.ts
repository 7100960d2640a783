import { useCallback, useEffect, useRef } from 'react';
import type { Point } from '../store/uiStore';

/** Where the pointer last was over the canvas; the middle of the canvas when it is elsewhere. */
export function usePointer(): () => Point {
  const last = useRef<Point | null>(null);
  useEffect(() => {
    const move = (event: PointerEvent): void => {
      const over = event.target instanceof Element && event.target.closest('.react-flow') !== null;
      last.current = over ? { x: event.clientX, y: event.clientY } : null;
    };
    window.addEventListener('pointermove', move, { passive: true });
    return () => window.removeEventListener('pointermove', move);
  }, []);
  return useCallback(() => {
    if (last.current !== null) return last.current;
    const box = document.querySelector('.react-flow')?.getBoundingClientRect();
    return box
      ? { x: box.left + box.width / 2, y: box.top + box.height / 2 }
      : { x: window.innerWidth / 2, y: window.innerHeight / 2 };
  }, []);
}
