import type { ReactFlowInstance } from '@xyflow/react';
import { motion } from '../../commands/motion';
import { FIT_VIEW } from './fitView';

/** From the border of the canvas, in pixels of the screen. */
const MARGIN = 32;
/** Smaller than this nothing is fitted: labels could not be read. */
const SMALLEST = 0.5;

type Flow = Pick<
  ReactFlowInstance,
  'fitView' | 'getNodes' | 'getNodesBounds' | 'getInternalNode' | 'getViewport' | 'setViewport'
>;

/** Brings a node that was just added into view: the whole graph where that stays readable, else as far as it takes. */
export function reveal(flow: Flow, nodeId: string): void {
  // It is drawn with the next frame.
  requestAnimationFrame(() => {
    const canvas = canvasBox();
    const shift = shiftOf(flow, nodeId);
    if (!canvas || shift === null) return;
    const { x, y, zoom } = flow.getViewport();
    const bounds = flow.getNodesBounds(flow.getNodes());
    const fitting = Math.min(
      (canvas.width - 2 * MARGIN) / bounds.width,
      (canvas.height - 2 * MARGIN) / bounds.height,
    );
    if (fitting >= SMALLEST) {
      void flow.fitView({ ...FIT_VIEW, maxZoom: zoom, duration: motion() });
    } else {
      void flow.setViewport({ x: x + shift.x, y: y + shift.y, zoom }, { duration: motion() });
    }
  });
}

/** Brings a node into view by moving the canvas alone. */
export function pan(flow: Flow, nodeId: string): void {
  const shift = shiftOf(flow, nodeId);
  if (shift === null) return;
  const { x, y, zoom } = flow.getViewport();
  void flow.setViewport({ x: x + shift.x, y: y + shift.y, zoom }, { duration: motion() });
}

const canvasBox = (): DOMRect | undefined =>
  document.querySelector('.react-flow')?.getBoundingClientRect();

/** How far the canvas has to move for a node to be in view; null where it is, or where there is none. */
function shiftOf(flow: Flow, nodeId: string): { x: number; y: number } | null {
  const canvas = canvasBox();
  const node = flow.getInternalNode(nodeId);
  if (!canvas || !node) return null;
  const { x, y, zoom } = flow.getViewport();
  const { width = 0, height = 0 } = node;
  const { x: left, y: top } = node.internals.positionAbsolute;
  const shift = {
    x: shiftInto(left * zoom + x, width * zoom, canvas.width),
    y: shiftInto(top * zoom + y, height * zoom, canvas.height),
  };
  return shift.x === 0 && shift.y === 0 ? null : shift;
}

/** How far something has to move to lie within the canvas; its beginning counts where it is longer. */
function shiftInto(start: number, length: number, room: number): number {
  if (start < MARGIN) return MARGIN - start;
  const over = start + length + MARGIN - room;
  return over <= 0 ? 0 : -Math.min(over, start - MARGIN);
}
