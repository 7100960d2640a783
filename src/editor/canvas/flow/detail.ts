/** Pixels on the screen below which no word is drawn. */
export const SMALLEST_TEXT = 11;
/** Of the label of a node at its natural size (`--text-base`). */
const LABEL = 13;

/** The least zoom at which labels of nodes can be read as they are. A document opens with no less. */
export const READABLE_ZOOM = Math.ceil((SMALLEST_TEXT / LABEL) * 1000) / 1000;

/** The least zoom at which nodes have labels at all, which are drawn larger then. */
export const LABELLED_ZOOM = 0.46;

/**
 * What is written on the canvas: everything; everything, with small print a little larger; labels alone, twice larger
 * from further away; nothing, since from there only shapes, colours and edges tell something. Canvas.module.css draws them.
 */
export type Detail = 'full' | 'reduced' | 'labels' | 'large' | 'shapes';

const FROM: readonly (readonly [number, Detail])[] = [
  [1, 'full'],
  [READABLE_ZOOM, 'reduced'],
  [0.65, 'labels'],
  [LABELLED_ZOOM, 'large'],
];

/** In steps, so that zooming within one changes no style. */
export function detailAt(zoom: number): Detail {
  // Zooms that were computed to be one of these may miss it by a rounding.
  return FROM.find(([from]) => zoom >= from - 1e-6)?.[1] ?? 'shapes';
}

/** Whether small print is left out. */
export function isTerse(detail: Detail): boolean {
  return detail !== 'full' && detail !== 'reduced';
}
