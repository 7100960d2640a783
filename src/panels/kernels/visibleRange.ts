/** Rows that are drawn beyond each edge of the window, so that scrolling shows no gap. */
const MARGIN = 8;

export interface VisibleRange {
  readonly first: number;
  /** One after the last. */
  readonly end: number;
}

/** Which of `count` rows of one height are to be drawn for a window over them. Lengths are in pixels. */
export function visibleRange(
  count: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
): VisibleRange {
  const first = Math.min(count, Math.max(0, Math.floor(scrollTop / rowHeight) - MARGIN));
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + MARGIN);
  return { first, end: Math.max(first, end) };
}
