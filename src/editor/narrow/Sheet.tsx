import { useReactFlow } from '@xyflow/react';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { plural } from '../../core/formatNumber';
import { pan } from '../canvas/flow/reveal';
import { drawnAs } from '../model/buildViews';
import { nodeLabel } from '../model/documentNode';
import { EMPTY_SELECTION, isEmptySelection } from '../store/selection';
import { useEditor, useEditorStore } from '../store/useEditor';
import { useUi } from '../store/uiStore';
import { useViews } from '../store/ViewsContext';
import { IconButton } from '../ui/IconButton';
import styles from './Narrow.module.css';

/** Pixels that a finger draws the sheet's head before it means that, and not a tap. */
const PULL = 24;

interface SheetProps {
  readonly children: ReactNode;
}

/**
 * The inspector of a narrow window, below the canvas: a bar with the name of what is selected, which is pulled or tapped open. On a
 * phone it opens for what is tapped; where nodes are moved by finger it waits to be asked.
 */
export function Sheet({ children }: SheetProps) {
  const store = useEditorStore();
  const flow = useReactFlow();
  const views = useViews();
  const title = useSheetTitle();
  const readOnly = useEditor((state) => state.readOnly);
  const selection = useEditor((state) => state.selection);
  const requests = useUi((state) => state.inspectorFocus);
  const [answered, setAnswered] = useState(requests);
  const [openFor, setOpenFor] = useState({ selection: readOnly, document: false });
  const pulledFrom = useRef<number | null>(null);
  const about = isEmptySelection(selection) ? 'document' : 'selection';
  const isOpen = openFor[about];
  const setOpen = (open: boolean): void => setOpenFor((before) => ({ ...before, [about]: open }));
  // A double tap asks for it.
  if (answered !== requests) {
    setAnswered(requests);
    setOpen(true);
  }

  const [nodeId] = selection.nodes;
  const shownId = isOpen && nodeId !== undefined ? drawnAs(views, nodeId) : null;
  useEffect(() => {
    if (shownId === null) return;
    // The canvas is lower from the next frame on.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => pan(flow, shownId));
    });
    return () => cancelAnimationFrame(frame);
  }, [flow, shownId]);

  const Chevron = isOpen ? ChevronDown : ChevronUp;
  return (
    <section className={styles.sheet} data-open={isOpen} aria-label="Details" data-testid="sheet">
      <div className={styles.sheetHead}>
        <button
          type="button"
          className={styles.grip}
          aria-expanded={isOpen}
          onPointerDown={(event) => {
            pulledFrom.current = event.clientY;
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerUp={(event) => {
            const way = event.clientY - (pulledFrom.current ?? event.clientY);
            if (Math.abs(way) < PULL) pulledFrom.current = null;
            else setOpen(way < 0);
          }}
          onClick={() => {
            // The end of a pull is no tap.
            if (pulledFrom.current === null) setOpen(!isOpen);
            pulledFrom.current = null;
          }}
        >
          <span className={styles.sheetTitle}>{title}</span>
          <Chevron size={16} aria-hidden />
        </button>
        {about === 'selection' && (
          <IconButton label="Select nothing" onClick={() => store.select(EMPTY_SELECTION)}>
            <X size={16} aria-hidden />
          </IconButton>
        )}
      </div>
      <div className={styles.sheetBody}>{children}</div>
    </section>
  );
}

function useSheetTitle(): string {
  const { registry } = useEditorStore();
  return useEditor(({ document, selection }) => {
    const { nodes, groups, edges } = selection;
    const count = nodes.size + groups.size + edges.size;
    if (count === 0) return 'Document and training';
    const node = document.nodes.find(({ id }) => nodes.has(id));
    const group = document.groups.find(({ id }) => groups.has(id));
    if (count > 1) return plural(count, 'thing');
    return node ? nodeLabel(registry, node) : (group?.label ?? 'Edge');
  });
}
