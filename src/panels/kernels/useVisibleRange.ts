import { useCallback, useEffect, useRef, useState } from 'react';
import { visibleRange } from './visibleRange';
import type { VisibleRange } from './visibleRange';

interface Windowed extends VisibleRange {
  /** For the element that scrolls; a positioned one. */
  readonly ref: React.RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
}

/**
 * Draws of many rows only those that are in view. Rows have one height in pixels; they are in the scrolling element's last child,
 * below whatever else scrolls with them.
 */
export function useVisibleRange(count: number, rowHeight: number): Windowed {
  const ref = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState<VisibleRange>({ first: 0, end: 0 });

  const update = useCallback(() => {
    const element = ref.current;
    const rows = element?.lastElementChild;
    if (!element || !(rows instanceof HTMLElement)) return;
    const top = element.scrollTop - rows.offsetTop;
    const next = visibleRange(count, rowHeight, top, element.clientHeight);
    setRange((old) => (old.first === next.first && old.end === next.end ? old : next));
  }, [count, rowHeight]);

  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    // It is called once at the start too.
    const observer = new ResizeObserver(update);
    observer.observe(element);
    for (const part of element.children) observer.observe(part);
    return () => observer.disconnect();
  }, [update]);

  // The count may have shrunk since the last update.
  const end = Math.min(range.end, count);
  return { ref, onScroll: update, first: Math.min(range.first, end), end };
}
