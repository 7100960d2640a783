import type { NodeTypes, EdgeTypes } from '@xyflow/react';
import { ReactFlow, useReactFlow, useStore } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useCallback, useEffect, useState } from 'react';
import { BLOCK_MIME } from '../blocks/blockMime';
import { useBlockList } from '../blocks/blocks';
import { addBeside } from '../commands/addBeside';
import { addNodeAt, GRID } from '../commands/addNode';
import { bendEdge, NOT_BENT, placeOnEdge } from '../commands/bendEdge';
import { insertBlock } from '../commands/blocks';
import { openGroups } from '../commands/collapse';
import type { Command } from '../commands/command';
import { EMPTY_SELECTION } from '../store/selection';
import { useEditor, useEditorStore } from '../store/useEditor';
import { useUi, useUiStore } from '../store/uiStore';
import { useViews } from '../store/ViewsContext';
import styles from './Canvas.module.css';
import { CanvasMenu } from '../laterParts';
import { CanvasControls } from './CanvasControls';
import { CanvasDots } from './CanvasDots';
import { CanvasNotice } from './CanvasNotice';
import { GraphMap, ROOM_FOR_MAP } from './GraphMap';
import './node/category.css';
import './node/groupColor.css';
import { dropTarget, markReceiving } from './flow/dropTarget';
import { detailAt, isTerse } from './flow/detail';
import { useFits } from './flow/useFits';
import { useOpeningView } from './flow/useOpeningView';
import { BoxNode } from './node/BoxNode';
import { FrameNode } from './node/FrameNode';
import type { FlowEdge, FlowNode } from './flow/flowTypes';
import { GraphEdge } from './edge/GraphEdge';
import { LinkLine } from './edge/LinkLine';
import { GraphNode } from './node/GraphNode';
import { reveal } from './flow/reveal';
import { useFlowNodes } from './flow/useFlowNodes';
import { useFocus } from './flow/useFocus';
import { useKeyboardHome } from './flow/useKeyboardHome';
import { useTabOrder } from './flow/useTabOrder';
import { useInsertion } from './edge/useInsertion';
import { useLinking } from './edge/useLinking';
import { KIND_MIME } from '../palette/kindMime';
import { kindEntry } from '../search/kindEntries';

export const NODE_TYPES: NodeTypes = { graph: GraphNode, box: BoxNode, frame: FrameNode };
export const EDGE_TYPES: EdgeTypes = { graph: GraphEdge };
const SNAP: [number, number] = [GRID, GRID];
const PRO = { hideAttribution: true };
/** Beyond this many edges they no longer move while running. */
export const CROWD = 150;
/** From this many nodes on only those in view are drawn; in smaller graphs Tab reaches all of them. */
const LARGE = 100;

/** What a double-click is for by itself: nodes, boxes, edges and labels, the map and the buttons. */
const OTHERS =
  ':is(.react-flow__node-graph, .react-flow__node-box, .react-flow__edge, .react-flow__panel, [data-label], button, input)';

interface CanvasProps {
  readonly commands: readonly Command[];
  /** Shown while there are no nodes. */
  readonly empty?: React.ReactNode;
}

/**
 * The larger of a count now and when the page was last drawn. React Flow takes nodes over after it has drawn once more what it had:
 * of a large graph that is deleted, that would be all of it.
 */
function useLargest(count: number): number {
  const [drawn, setDrawn] = useState(count);
  useEffect(() => setDrawn(count), [count]);
  return Math.max(count, drawn);
}

/** The graph. React Flow draws it and turns gestures into changes; the store decides. */
export function Canvas({ commands, empty }: CanvasProps) {
  const store = useEditorStore();
  const ui = useUiStore();
  const flow = useReactFlow();
  const blocks = useBlockList();
  const { nodes, edges, onNodesChange, onEdgesChange, onDragStop } = useFlowNodes();
  const linking = useLinking();
  const insertion = useInsertion();
  const views = useViews();
  const onFocus = useFocus();
  const tabOrder = useTabOrder();
  useKeyboardHome();
  const isLinking = useUi((state) => state.linking !== null);
  const readOnly = useEditor((state) => state.readOnly);
  const detail = useStore((state) => detailAt(state.transform[2]));
  useOpeningView(nodes);
  const fits = useFits(nodes);
  const hasRoomForMap = useStore(({ height }) => height >= ROOM_FOR_MAP);
  const isLarge = useLargest(nodes.length) > LARGE;
  const [element, setElement] = useState<HTMLElement | null>(null);

  const openSearch = useCallback(
    (event: React.MouseEvent) => {
      // A double-click on what lies on the pane means that.
      const taken = event.target instanceof Element && event.target.closest(OTHERS) !== null;
      if (taken || store.getState().readOnly) return;
      const at = { x: event.clientX, y: event.clientY };
      ui.setState({ search: { at, position: flow.screenToFlowPosition(at), from: null } });
    },
    [flow, store, ui],
  );

  const bend = useCallback(
    (event: React.MouseEvent, { id }: FlowEdge) => {
      if (store.getState().readOnly) return;
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      if (!bendEdge(store, views, id, at)) ui.setState({ notice: NOT_BENT });
    },
    [flow, store, ui, views],
  );

  const drop = useCallback(
    (event: React.DragEvent) => {
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const entry = kindEntry(store.registry, event.dataTransfer.getData(KIND_MIME));
      const blockId = event.dataTransfer.getData(BLOCK_MIME);
      const block = blocks.find(({ id }) => id === blockId);
      if (entry === undefined && block === undefined) return;
      event.preventDefault();
      markReceiving(event.currentTarget, null);
      const onto = dropTarget(event.target, views.boxes);
      const { insertOn } = ui.getState();
      const place = insertOn === null ? null : placeOnEdge(store, views, insertOn, at);
      insertion.clear();
      const added = entry && onto ? addBeside(store, views, entry, onto.nodeId, onto.port) : null;
      if (added !== null) reveal(flow, added);
      else if (entry) addNodeAt(store, entry, at, null, place);
      else if (block) insertBlock(store, block, at);
    },
    [blocks, flow, insertion, store, ui, views],
  );

  return (
    <>
      <div
        ref={setElement}
        className={styles.canvas}
        data-testid="canvas"
        data-linking={isLinking}
        data-detail={detail}
        data-terse={isTerse(detail)}
        data-crowded={edges.length > CROWD}
        onDoubleClick={openSearch}
        onFocus={onFocus}
        onKeyDown={tabOrder.onKeyDown}
        onDragLeave={({ currentTarget, relatedTarget }) => {
          markReceiving(currentTarget, null);
          if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget))
            insertion.clear();
        }}
        onDrop={drop}
        onDragOver={(event) => {
          const { types } = event.dataTransfer;
          if (readOnly || (!types.includes(KIND_MIME) && !types.includes(BLOCK_MIME))) return;
          event.preventDefault();
          event.dataTransfer.dropEffect = 'copy';
          if (!types.includes(KIND_MIME)) return;
          markReceiving(event.currentTarget, event.target);
          insertion.onDragOver(event);
        }}
      >
        <ReactFlow<FlowNode, FlowEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onNodeDrag={insertion.onNodeDrag}
          onNodeDragStop={onDragStop}
          onSelectionDragStop={onDragStop}
          onPaneClick={() => store.select(EMPTY_SELECTION)}
          onNodeDoubleClick={({ target }, node) => {
            const onLabel = target instanceof Element && target.closest('[data-label]') !== null;
            if (onLabel && !readOnly) ui.setState({ renaming: node.id });
            else if (node.type === 'box' && !readOnly) openGroups(store, [node.id]);
            else ui.setState(({ inspectorFocus }) => ({ inspectorFocus: inspectorFocus + 1 }));
          }}
          onEdgeDoubleClick={bend}
          {...linking}
          edgesReconnectable={false}
          reconnectRadius={14}
          connectionLineComponent={LinkLine}
          connectionRadius={24}
          snapToGrid
          snapGrid={SNAP}
          minZoom={0.1}
          maxZoom={2.5}
          onlyRenderVisibleElements={isLarge}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          nodesFocusable
          edgesFocusable
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode="Shift"
          multiSelectionKeyCode={['Meta', 'Control', 'Shift']}
          panActivationKeyCode="Space"
          zoomOnDoubleClick={false}
          elevateNodesOnSelect={false}
          proOptions={PRO}
          // Has the keyboard where nothing else has; no stop of Tab.
          tabIndex={-1}
          aria-label="Graph"
        >
          <CanvasDots />
          {!fits && hasRoomForMap && <GraphMap nodes={nodes} />}
          <span ref={tabOrder.end} tabIndex={-1} aria-hidden />
          <CanvasControls commands={commands} />
        </ReactFlow>
        {nodes.length === 0 && <div className={styles.empty}>{empty ?? <EmptyCanvas />}</div>}
        <CanvasNotice />
      </div>
      <CanvasMenu canvas={element} commands={commands} />
    </>
  );
}

function EmptyCanvas() {
  return (
    <div className={styles.emptyText}>
      <p>An empty graph</p>
      <p>
        Drag a node here from the left, double-click, or press <kbd>/</kbd>.
      </p>
    </div>
  );
}
