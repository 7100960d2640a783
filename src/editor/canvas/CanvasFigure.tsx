import { ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { Position } from '../../document/schema';
import { AllInViewContext } from '../pictures/useInView';
import { EMPTY_SELECTION } from '../store/selection';
import { useEditor } from '../store/useEditor';
import { useUi } from '../store/uiStore';
import { useViews } from '../store/ViewsContext';
import { CROWD, EDGE_TYPES, NODE_TYPES } from './Canvas';
import canvasStyles from './Canvas.module.css';
import styles from './CanvasFigure.module.css';
import { FlowBuilder } from './flow/flowNodes';

const AT_REST: ReadonlyMap<string, Position> = new Map();
const PRO = { hideAttribution: true };
/** Nodes are placed by themselves: what is outside of this is laid out, too. */
const SIZE = { width: 1000, height: 1000 };
/** Pictures of nodes that nobody has looked at are asked for first. */
const PATIENCE_MS = 3000;

/** While somebody waits for it, the whole canvas a second time: at its natural size, with nothing selected. */
export function CanvasFigure() {
  const request = useUi((state) => state.canvasFigure);
  return request === null ? null : <Copy onDrawn={request} />;
}

function Copy({ onDrawn }: { onDrawn: (element: Element) => void }) {
  const document = useEditor((state) => state.document);
  const views = useViews();
  const box = useRef<HTMLDivElement>(null);
  const [nodes, edges] = useMemo(() => {
    const builder = new FlowBuilder();
    return [
      builder.nodes(document, views, EMPTY_SELECTION, AT_REST),
      builder.flowEdges(document, views, EMPTY_SELECTION),
    ];
  }, [document, views]);

  useEffect(() => {
    const started = performance.now();
    let frame = requestAnimationFrame(function look() {
      const content = box.current?.querySelector('.react-flow__viewport');
      const isDrawn =
        content != null &&
        content.querySelectorAll('.react-flow__node').length >= nodes.length &&
        content.querySelectorAll('.react-flow__edge').length >= edges.length &&
        content.querySelector('[data-picture][data-drawn="false"]') === null;
      if (content && (isDrawn || performance.now() - started > PATIENCE_MS)) onDrawn(content);
      else frame = requestAnimationFrame(look);
    });
    return () => cancelAnimationFrame(frame);
  }, [onDrawn, nodes, edges]);

  return (
    <div
      ref={box}
      className={`${canvasStyles.canvas} ${styles.figure}`}
      style={SIZE}
      data-detail="full"
      data-terse={false}
      data-crowded={edges.length > CROWD}
      inert
      aria-hidden
    >
      <AllInViewContext value>
        <ReactFlowProvider>
          <ReactFlow
            id="figure"
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            minZoom={1}
            maxZoom={1}
            proOptions={PRO}
            disableKeyboardA11y
            nodesFocusable={false}
            edgesFocusable={false}
          />
        </ReactFlowProvider>
      </AllInViewContext>
    </div>
  );
}
