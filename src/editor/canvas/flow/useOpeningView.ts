import { getNodesBounds, useOnViewportChange, useReactFlow, useStore } from '@xyflow/react';
import type { Viewport } from '@xyflow/react';
import { useLayoutEffect, useRef } from 'react';
import { useLook } from '../../store/look';
import { useEditor } from '../../store/useEditor';
import { openingView } from './fitView';
import type { FlowNode } from './flowTypes';

/**
 * Shows a document that was opened as it was left, where somebody had moved the view. Else from its data on, as much as can be
 * read; an empty one at its natural size. When a panel beside the canvas opens or closes before anybody has moved that view, it is
 * shown so again.
 */
export function useOpeningView(nodes: FlowNode[]): void {
  const flow = useReactFlow();
  const look = useLook();
  const opened = useEditor((state) => state.openedRevision);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const current = useRef(nodes);
  const shown = useRef<{ opened: number; view: Viewport; isKept: boolean } | null>(null);

  useLayoutEffect(() => {
    current.current = nodes;
  }, [nodes]);

  useLayoutEffect(() => {
    if (width === 0 || height === 0) return;
    const { current: last } = shown;
    const isMoved = last !== null && (last.isKept || !isSame(last.view, flow.getViewport()));
    if (last?.opened === opened && isMoved) return;
    const kept = last?.opened === opened ? undefined : look?.read().view;
    const view = kept ?? viewOf(current.current, { width, height });
    shown.current = { opened, view, isKept: kept !== undefined };
    void flow.setViewport(view);
  }, [flow, look, opened, width, height]);

  useOnViewportChange({
    onEnd: (view) => {
      const { current: last } = shown;
      if (last?.opened === opened && !isSame(last.view, view)) look?.keep({ view });
    },
  });
}

function viewOf(nodes: FlowNode[], screen: { width: number; height: number }): Viewport {
  const [first, ...others] = nodes;
  if (first === undefined) return { x: 0, y: 0, zoom: 1 };
  const start = others.reduce((a, b) => (b.position.x < a.position.x ? b : a), first);
  return openingView(getNodesBounds(nodes), getNodesBounds([start]), screen);
}

function isSame(a: Viewport, b: Viewport): boolean {
  const isNear = (p: number, q: number): boolean => Math.abs(p - q) < 0.5;
  return isNear(a.x, b.x) && isNear(a.y, b.y) && Math.abs(a.zoom - b.zoom) < 1e-3;
}
