import type { Point } from '../../store/uiStore';

/** The canvas on the screen; nothing before it is drawn. */
export function canvasBox(): DOMRect | undefined {
  return document.querySelector('.react-flow')?.getBoundingClientRect();
}

/** The middle of the canvas, or of the window without one, in pixels of the screen. */
export function canvasCentre(): Point {
  const box = canvasBox() ?? new DOMRect(0, 0, window.innerWidth, window.innerHeight);
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}
