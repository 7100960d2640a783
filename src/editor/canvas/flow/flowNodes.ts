import type { NodeHandle } from '@xyflow/react';
import { Position } from '@xyflow/react';
import type { BasinDocument, DocumentGroup, Position as Place } from '../../../document/schema';
import { commonShift, shiftBends } from '../../../document/commands/bends';
import { enclosingGroups, nodesWithin } from '../../../document/groupTree';
import { boxGeometry } from '../../model/boxGeometry';
import type { BoxView } from '../../model/boxView';
import { drawnAs } from '../../model/buildViews';
import type { Views } from '../../model/buildViews';
import type { PortPlace, Side } from '../../model/nodeGeometry';
import type { EdgeView, NodeView } from '../../model/nodeView';
import type { Selection } from '../../store/selection';
import type { Linking } from '../../store/uiStore';
import { innerHandle } from '../../model/boxHandle';
import { crowdedLabels } from './crowdedLabels';
import type { BoxFlowNode, FlowEdge, FlowNode, FrameFlowNode, GraphFlowNode } from './flowTypes';

const POSITIONS: Readonly<Record<Side, Position>> = {
  left: Position.Left,
  right: Position.Right,
  top: Position.Top,
  bottom: Position.Bottom,
};

const PORT = 12;

const NO_SHIFTS: ReadonlyMap<string, Place> = new Map();
const NO_BENDS: readonly Place[] = [];

interface DrawnGroup {
  readonly group: DocumentGroup;
  readonly members: number;
}

/** What was made of an object lasts as long as the object does, while all else that it was made of stays the same. */
class Made<Source extends object, Value> {
  private readonly known = new WeakMap<Source, { parts: readonly unknown[]; value: Value }>();

  of(source: Source, parts: readonly unknown[], make: () => Value): Value {
    const known = this.known.get(source);
    if (known?.parts.every((part, index) => Object.is(part, parts[index]))) return known.value;
    const value = make();
    this.known.set(source, { parts, value });
    return value;
  }
}

/**
 * Turns the document into the canvas library's nodes and edges. What has not changed is the same object as the time
 * before: only the rest is drawn again. Sizes and ports come with it, so that nothing needs measuring first.
 */
export class FlowBuilder {
  private readonly graph = new Made<NodeView, GraphFlowNode>();
  private readonly boxes = new Made<BoxView, BoxFlowNode>();
  private readonly frames = new Made<DocumentGroup, FrameFlowNode>();
  private readonly edges = new Made<EdgeView, FlowEdge>();
  private readonly crowded = new Made<Views, ReadonlySet<string>>();
  private readonly drawn = new Made<Views, readonly DrawnGroup[]>();

  /**
   * `places`: where things are while they are dragged. Frames come first, behind the rest, and inner ones over those
   * around them. A collapsed group is a box, and what is in it is not drawn. While a link is drawn a box shows the ports
   * inside that it fits.
   */
  nodes(
    document: BasinDocument,
    views: Views,
    selection: Selection,
    places: ReadonlyMap<string, Place>,
    linking: Linking | null = null,
  ): FlowNode[] {
    const drawn = this.drawnGroups(document, views);
    const frames = drawn
      .filter(({ group }) => !views.boxes.has(group.id))
      .map(({ group, members }) =>
        this.frame(
          group,
          places.get(group.id) ?? group.position,
          selection.groups.has(group.id),
          members,
        ),
      );
    const boxes = drawn.flatMap(({ group }) => {
      const box = views.boxes.get(group.id);
      if (box === undefined) return [];
      const isOwn = linking !== null && drawnAs(views, linking.end.nodeId) === group.id;
      return [
        this.box(
          box,
          places.get(group.id) ?? group.position,
          selection.groups.has(group.id),
          [...selection.nodes].some((id) => views.hidden.get(id) === group.id),
          isOwn ? undefined : linking?.fits,
        ),
      ];
    });
    const nodes = document.nodes.flatMap((node) => {
      const view = views.nodes.get(node.id);
      if (view === undefined || views.hidden.has(node.id)) return [];
      return [this.node(view, places.get(node.id) ?? node.position, selection.nodes.has(node.id))];
    });
    return [...frames, ...boxes, ...nodes];
  }

  /** `shifts`: how far each node has been dragged: what both ends of an edge do, its bends do too. */
  flowEdges(
    document: BasinDocument,
    views: Views,
    selection: Selection,
    shifts: ReadonlyMap<string, Place> = NO_SHIFTS,
  ): FlowEdge[] {
    const crowded = this.crowdedIn(document, views);
    return document.edges.flatMap(({ id }) => {
      const view = views.edges.get(id);
      return view === undefined || !hasPorts(views, view) || isInsideOne(views, view)
        ? []
        : [this.edge(view, selection.edges.has(id), crowded.has(id), views, shifts)];
    });
  }

  /** Edges without room for their shapes: the same while only the selection changes. */
  private crowdedIn(document: BasinDocument, views: Views): ReadonlySet<string> {
    return this.crowded.of(views, [document], () => crowdedLabels(document, views));
  }

  /** The outer ones first, with how many nodes are in each. The same while something is dragged. */
  private drawnGroups(document: BasinDocument, views: Views): readonly DrawnGroup[] {
    return this.drawn.of(views, [document], () =>
      document.groups
        .filter(({ id }) => !views.hidden.has(id))
        .map((group) => ({
          group,
          depth: enclosingGroups(document, group.id).length,
          members: nodesWithin(document, [group.id]).length,
        }))
        .sort((a, b) => a.depth - b.depth),
    );
  }

  private node(view: NodeView, position: Place, selected: boolean): GraphFlowNode {
    return this.graph.of(view, [position, selected], () => {
      const { width, height } = view.geometry;
      return {
        id: view.id,
        type: 'graph',
        position,
        data: { view },
        selected,
        width,
        height,
        measured: { width, height },
        handles: view.ports.map((port) => handle(port.name, port.direction, port)),
        ariaLabel: describe(view),
      };
    });
  }

  private box(
    box: BoxView,
    position: Place,
    selected: boolean,
    marked: boolean,
    fits: ReadonlySet<string> | undefined,
  ): BoxFlowNode {
    return this.boxes.of(box, [position, selected, marked, fits], () => {
      const geometry = boxGeometry(box, fits);
      const { width, height } = geometry;
      return {
        id: box.id,
        type: 'box',
        position,
        data: { box, geometry, marked },
        selected,
        width,
        height,
        measured: { width, height },
        handles: geometry.ports.map(({ nodeId, port, place }) =>
          handle(innerHandle(nodeId, port.name), port.direction, place),
        ),
        ariaLabel: describeBox(box),
      };
    });
  }

  private frame(
    group: DocumentGroup,
    position: Place,
    selected: boolean,
    members: number,
  ): FrameFlowNode {
    return this.frames.of(group, [position, selected, members], () => {
      const { width, height } = group.size;
      return {
        id: group.id,
        type: 'frame',
        position,
        data: { label: group.label, members, color: group.color ?? null },
        selected,
        width,
        height,
        measured: { width, height },
        zIndex: -1,
        connectable: false,
        ariaLabel: `Group ${group.label}, ${members} nodes`,
      };
    });
  }

  private edge(
    view: EdgeView,
    selected: boolean,
    crowded: boolean,
    views: Views,
    shifts: ReadonlyMap<string, Place>,
  ): FlowEdge {
    const source = views.nodes.get(view.source)?.label ?? view.source;
    const target = views.nodes.get(view.target)?.label ?? view.target;
    const [from, to] = [drawnAs(views, view.source), drawnAs(views, view.target)];
    const shift = view.bends.length > 0 ? commonShift(view, shifts) : undefined;
    const parts = [selected, crowded, source, target, from, to, shift?.x, shift?.y];
    return this.edges.of(view, parts, () => {
      const isDrawn = from === view.source && to === view.target;
      return {
        id: view.id,
        type: 'graph',
        source: from,
        sourceHandle:
          from === view.source ? view.sourcePort : innerHandle(view.source, view.sourcePort),
        target: to,
        targetHandle:
          to === view.target ? view.targetPort : innerHandle(view.target, view.targetPort),
        data: {
          view,
          crowded,
          bends: !isDrawn ? NO_BENDS : shift ? shiftBends(view.bends, shift) : view.bends,
        },
        selected,
        // Its ends can be taken hold of.
        reconnectable: selected,
        // Tab comes to edges after the nodes: see `useTabOrder`.
        domAttributes: { tabIndex: -1 },
        ariaLabel: `${view.sourcePort} of ${source} to ${view.targetPort} of ${target}${view.shape ? `, ${view.shape}` : ''}`,
      };
    });
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

function isInsideOne({ hidden }: Views, { source, target }: EdgeView): boolean {
  const box = hidden.get(source);
  return box !== undefined && box === hidden.get(target);
}

function handle(id: string, direction: 'input' | 'output', { side, x, y }: PortPlace): NodeHandle {
  return {
    id,
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

function describeBox({ label, state, members }: BoxView): string {
  const remarks = members.flatMap(({ label: name, remarks: said }) =>
    said.map(({ severity, message }) => `${severity} in ${name}: ${message}`),
  );
  return [`Collapsed group ${label}`, state, ...remarks].join('. ');
}
