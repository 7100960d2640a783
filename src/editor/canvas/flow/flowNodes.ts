import type { NodeHandle } from '@xyflow/react';
import { Position } from '@xyflow/react';
import type {
  BasinDocument,
  DocumentGroup,
  DocumentNode,
  Position as Place,
} from '../../../document/schema';
import type { Side } from '../../model/nodeGeometry';
import type { EdgeView, NodeView } from '../../model/nodeView';
import type { Views } from '../../model/buildViews';
import type { Selection } from '../../store/selection';
import type { FlowEdge, FlowNode, FrameFlowNode, GraphFlowNode } from './flowTypes';

const POSITIONS: Readonly<Record<Side, Position>> = {
  left: Position.Left,
  right: Position.Right,
  top: Position.Top,
  bottom: Position.Bottom,
};

const PORT = 12;

/**
 * Turns the document into the canvas library's nodes and edges. What has not changed is the same object as the time
 * before: only the rest is drawn again. Sizes and ports come with it, so that nothing needs measuring first.
 */
export class FlowBuilder {
  private graph = new Map<string, { key: readonly unknown[]; node: GraphFlowNode }>();
  private frames = new Map<string, { key: readonly unknown[]; node: FrameFlowNode }>();
  private edges = new Map<string, { key: readonly unknown[]; edge: FlowEdge }>();

  /** `places`: where things are while they are dragged. Frames come first, behind the rest. */
  nodes(
    document: BasinDocument,
    views: Views,
    selection: Selection,
    places: ReadonlyMap<string, Place>,
  ): FlowNode[] {
    const frames = document.groups.map((group) =>
      this.frame(
        group,
        places.get(group.id) ?? group.position,
        selection.groups.has(group.id),
        document.nodes.filter((node) => node.group === group.id).length,
      ),
    );
    const nodes = document.nodes.flatMap((node) => {
      const view = views.nodes.get(node.id);
      if (view === undefined) return [];
      return [
        this.node(node, view, places.get(node.id) ?? node.position, selection.nodes.has(node.id)),
      ];
    });
    forget(this.graph, document.nodes);
    forget(this.frames, document.groups);
    return [...frames, ...nodes];
  }

  flowEdges(document: BasinDocument, views: Views, selection: Selection): FlowEdge[] {
    forget(this.edges, document.edges);
    return document.edges.flatMap(({ id }) => {
      const view = views.edges.get(id);
      return view === undefined || !hasPorts(views, view)
        ? []
        : [this.edge(view, selection.edges.has(id), views)];
    });
  }

  private node(node: DocumentNode, view: NodeView, position: Place, selected: boolean) {
    const key = [view, position, selected];
    const known = this.graph.get(node.id);
    if (known && same(known.key, key)) return known.node;
    const { width, height } = view.geometry;
    const flow: GraphFlowNode = {
      id: node.id,
      type: 'graph',
      position,
      data: { view },
      selected,
      width,
      height,
      measured: { width, height },
      handles: view.ports.map(handle),
      ariaLabel: describe(view),
    };
    this.graph.set(node.id, { key, node: flow });
    return flow;
  }

  private frame(group: DocumentGroup, position: Place, selected: boolean, members: number) {
    const key = [group.label, group.size, position, selected, members];
    const known = this.frames.get(group.id);
    if (known && same(known.key, key)) return known.node;
    const { width, height } = group.size;
    const flow: FrameFlowNode = {
      id: group.id,
      type: 'frame',
      position,
      data: { label: group.label, members },
      selected,
      width,
      height,
      measured: { width, height },
      zIndex: -1,
      connectable: false,
      ariaLabel: `Group ${group.label}, ${members} nodes`,
    };
    this.frames.set(group.id, { key, node: flow });
    return flow;
  }

  private edge(view: EdgeView, selected: boolean, views: Views): FlowEdge {
    const source = views.nodes.get(view.source)?.label ?? view.source;
    const target = views.nodes.get(view.target)?.label ?? view.target;
    const key = [view, selected, source, target];
    const known = this.edges.get(view.id);
    if (known && same(known.key, key)) return known.edge;
    const edge: FlowEdge = {
      id: view.id,
      type: 'graph',
      source: view.source,
      sourceHandle: view.sourcePort,
      target: view.target,
      targetHandle: view.targetPort,
      data: { view },
      selected,
      ariaLabel: `${view.sourcePort} of ${source} to ${view.targetPort} of ${target}${view.shape ? `, ${view.shape}` : ''}`,
    };
    this.edges.set(view.id, { key, edge });
    return edge;
  }
}

/** An edge to a port that is no more (another role, another shape of data) cannot be drawn; the problem list has it. */
function hasPorts(views: Views, { source, sourcePort, target, targetPort }: EdgeView): boolean {
  const has = (id: string, name: string, direction: 'input' | 'output'): boolean =>
    views.nodes
      .get(id)
      ?.ports.some((port) => port.name === name && port.direction === direction) === true;
  return has(source, sourcePort, 'output') && has(target, targetPort, 'input');
}

function handle({ name, direction, side, x, y }: NodeView['ports'][number]): NodeHandle {
  return {
    id: name,
    type: direction === 'input' ? 'target' : 'source',
    position: POSITIONS[side],
    x: x - PORT / 2,
    y: y - PORT / 2,
    width: PORT,
    height: PORT,
  };
}

/** What a screen reader says of a node. */
function describe({ label, title, state, remarks, bypassed }: NodeView): string {
  return [
    label === title ? label : `${label}, ${title}`,
    state,
    bypassed ? 'bypassed' : '',
    ...remarks.map(({ severity, message }) => `${severity}: ${message}`),
  ]
    .filter((part) => part !== '')
    .join('. ');
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}

function forget(known: Map<string, unknown>, present: readonly { readonly id: string }[]): void {
  if (known.size <= present.length) return;
  const ids = new Set(present.map(({ id }) => id));
  for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
}
