import { useCallback, useLayoutEffect, useRef } from 'react';
import type { PanelImperativeHandle, PanelProps } from 'react-resizable-panels';

/** Whether a panel is open, as its owner keeps it. */
export interface Folding {
  readonly isOpen: boolean;
  onChange(isOpen: boolean): void;
}

interface FoldingPanel {
  readonly panelRef: React.RefObject<PanelImperativeHandle | null>;
  readonly onResize: NonNullable<PanelProps['onResize']>;
}

/**
 * Keeps a collapsible panel as open as its owner says, and tells the owner when it is dragged open or shut.
 *
 * @param folded pixels that it keeps when it is folded
 * @param opened pixels that it opens with the first time; later it is as large as it was
 */
export function useFoldingPanel(
  { isOpen, onChange }: Folding,
  folded: number,
  opened: number,
): FoldingPanel {
  const panelRef = useRef<PanelImperativeHandle>(null);
  const size = useRef(opened);
  const told = useRef(isOpen);

  useLayoutEffect(() => {
    told.current = isOpen;
    const panel = panelRef.current;
    if (panel === null || panel.isCollapsed() !== isOpen) return;
    if (isOpen) panel.resize(size.current);
    else panel.collapse();
  }, [isOpen]);

  const onResize = useCallback<FoldingPanel['onResize']>(
    ({ inPixels }, _id, before) => {
      // Rounding leaves part of a pixel.
      const isNow = inPixels > folded + 1;
      if (isNow) size.current = inPixels;
      // The first size is that of a group which is not measured yet.
      if (before === undefined || isNow === told.current) return;
      told.current = isNow;
      onChange(isNow);
    },
    [folded, onChange],
  );
  return { panelRef, onResize };
}
