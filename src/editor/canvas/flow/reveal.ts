import type { ReactFlowInstance } from '@xyflow/react';
import { motion } from '../../commands/motion';
import { canvasBox } from './canvasBox';
import { LABELLED_ZOOM } from './detail';
import { FIT_VIEW } from './fitView';

/** From the border of the canvas, in pixels of the screen. */
const MARGIN = 32;

type Flow = Pick<
  ReactFlowInstance,
  | 'fitView'
  | 'getNodes'
  | 'getNodesBounds'
  | 'getInternalNode'
  | 'getViewport'
  | 'getZoom'
  | 'setViewport'
>;

/** Brings a node that was just added into view: the whole graph where labels can still be read then, else as far as it takes. */
export function reveal(flow: Flow, nodeId: string): void {
  // It is drawn with the next frame.
  requestAnimationFrame(() => {
    const canvas = canvasBox();
    if (!canvas || shiftOf(flow, nodeId) === null) return;
    const bounds = flow.getNodesBounds(flow.getNodes());
    const fitting = Math.min(
      (canvas.width - 2 * MARGIN) / bounds.width,
      (canvas.height - 2 * MARGIN) / bounds.height,
    );
    if (fitting < LABELLED_ZOOM) return pan(flow, nodeId);
    void flow.fitView({ ...FIT_VIEW, maxZoom: flow.getZoom(), duration: motion() });
  });
}

/** Brings a node into view by moving the canvas alone. */
export function pan(flow: Flow, nodeId: string): void {
  const shift = shiftOf(flow, nodeId);
  if (shift === null) return;
  const { x, y, zoom } = flow.getViewport();
  void flow.setViewport({ x: x + shift.x, y: y + shift.y, zoom }, { duration: motion() });
}

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
