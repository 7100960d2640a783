import { useReactFlow } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { newNode } from '../../../document/commands/nodeCommands';
import type { DocumentNode } from '../../../document/schema';
import { fitsOnEdge, isLoose } from '../../connection/insertion';
import { KIND_MIME } from '../../palette/kindMime';
import { kindEntry } from '../../search/kindEntries';
import { useEditorStore } from '../../store/useEditor';
import { useUiStore } from '../../store/uiStore';
import type { Point } from '../../store/uiStore';
import type { FlowNode } from '../flow/flowTypes';

/** Pixels from the middle of a dragged node at which edges are looked for: they may cross it off its middle. */
const PROBES = [0, -10, 10, -20, 20] as const;

/**
 * What is dragged over an edge lights it up where it fits between the ends: a kind from the palette, or a node that
 * nothing is connected to. `insertOn` says which; the drop takes it from there.
 */
export function useInsertion() {
  const store = useEditorStore();
  const ui = useUiStore();
  const flow = useReactFlow();
  /** What the palette's drag carries: a browser tells it at the start and at the drop only. */
  const kind = useRef('');
  /** What was found for the edge that was last under the pointer. */
  const known = useRef<{ edgeId: string; node: string; fits: boolean } | null>(null);

  const light = useCallback(
    (points: readonly Point[], node: DocumentNode) => {
      const show = (insertOn: string | null): void => {
        if (ui.getState().insertOn !== insertOn) ui.setState({ insertOn });
      };
      const edgeId = edgeAt(points);
      if (edgeId === null) {
        show(null);
        return;
      }
      if (known.current?.edgeId !== edgeId || known.current.node !== node.id)
        known.current = { edgeId, node: node.id, fits: fitsOnEdge(store, edgeId, node) };
      show(known.current.fits ? edgeId : null);
    },
    [store, ui],
  );

  const clear = useCallback(() => {
    known.current = null;
    ui.setState({ insertOn: null });
  }, [ui]);

  useEffect(() => {
    const start = (event: DragEvent): void => {
      kind.current = event.dataTransfer?.getData(KIND_MIME) ?? '';
    };
    window.addEventListener('dragstart', start);
    window.addEventListener('dragend', clear);
    return () => {
      window.removeEventListener('dragstart', start);
      window.removeEventListener('dragend', clear);
    };
  }, [clear]);

  const onDragOver = useCallback(
    (event: React.DragEvent) => {
      const entry = kindEntry(store.registry, kind.current);
      if (!entry) return;
      const { document } = store.getState();
      const node = newNode(document, entry.definition.kind, '', { x: 0, y: 0 }, entry.params);
      light([{ x: event.clientX, y: event.clientY }], node);
    },
    [light, store],
  );

  const onNodeDrag = useCallback(
    (event: MouseEvent | TouchEvent | React.MouseEvent, node: FlowNode, all: FlowNode[]) => {
      const { document } = store.getState();
      const dragged = document.nodes.find(({ id }) => id === node.id);
      if (!dragged || all.length > 1 || event.altKey || !isLoose(document, node.id)) {
        if (ui.getState().insertOn !== null) clear();
        return;
      }
      const { x, y } = flow.flowToScreenPosition({
        x: node.position.x + (node.width ?? 0) / 2,
        y: node.position.y + (node.height ?? 0) / 2,
      });
      light(
        PROBES.map((dy) => ({ x, y: y + dy })),
        dragged,
      );
    },
    [clear, flow, light, store, ui],
  );

  return useMemo(() => ({ onDragOver, onNodeDrag, clear }), [onDragOver, onNodeDrag, clear]);
}

/** The first edge that is drawn at one of these places, whatever lies over it. */
function edgeAt(points: readonly Point[]): string | null {
  for (const { x, y } of points) {
    for (const element of document.elementsFromPoint(x, y)) {
      const id = element.closest('.react-flow__edge')?.getAttribute('data-id');
      if (id != null) return id;
    }
  }
  return null;
}
