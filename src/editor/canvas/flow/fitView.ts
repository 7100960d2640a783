import type { Rect, Viewport } from '@xyflow/react';
import { READABLE_ZOOM } from './detail';

/** Room around a graph, in pixels of the screen; below it for the buttons, which would cover nodes. */
const ROOM = { top: 32, right: 40, bottom: 64, left: 40 } as const;
const MOST_ZOOM = 1.25;

/** How a graph is brought into view as a whole. */
export const FIT_VIEW = {
  padding: {
    top: `${ROOM.top}px`,
    right: `${ROOM.right}px`,
    bottom: `${ROOM.bottom}px`,
    left: `${ROOM.left}px`,
  },
  maxZoom: MOST_ZOOM,
} as const;

/**
 * The view that a graph opens with: whole where its labels can be read then, and else its left end, where the data is, at
 * the height of `start`, for the rest to be scrolled to.
 *
 * @param bounds of the graph, on the canvas
 * @param start the node that is furthest to the left
 * @param screen pixels that the canvas has
 */
export function openingView(
  bounds: Rect,
  start: Rect,
  screen: { readonly width: number; readonly height: number },
): Viewport {
  const width = Math.max(1, screen.width - ROOM.left - ROOM.right);
  const height = Math.max(1, screen.height - ROOM.top - ROOM.bottom);
  const whole = Math.min(width / bounds.width, height / bounds.height);
  const zoom = Math.min(MOST_ZOOM, Math.max(READABLE_ZOOM, whole));
  return {
    x: ROOM.left + along(bounds.width * zoom, width, 0) - bounds.x * zoom,
    y:
      ROOM.top +
      along(bounds.height * zoom, height, (start.y + start.height / 2 - bounds.y) * zoom) -
      bounds.y * zoom,
    zoom,
  };
}

/** Where a length begins within the room that it has: in its middle, or so that the place `at` of a longer one is. */
function along(length: number, room: number, at: number): number {
  if (length <= room) return (room - length) / 2;
  return -Math.min(length - room, Math.max(0, at - room / 2));
}
