import type { Analysis } from '../../compiler/analysis/analysis';
import { formatCount, plural } from '../../core/formatNumber';
import { hiddenBy, nodesWithin } from '../../document/groupTree';
import type { BasinDocument, DocumentGroup, GroupColor, Position } from '../../document/schema';
import type { Category } from '../../graph/nodeDefinition';
import { sampleSize, tensorType } from '../../graph/ports';
import type { Outline } from './nodeOutline';
import type { NodeView, PortView, Remark } from './nodeView';

/** A port of a node inside, as the box of its group offers it. */
export interface BoxPort {
  /** The node inside that has the port. */
  readonly nodeId: string;
  readonly port: PortView;
  /** The label of that node, with the port's name where it has several. */
  readonly title: string;
  /**
   * At rest: it is connected across the border, or an input that the graph needs, or the end of a chain. The others show
   * themselves while a link is drawn that they fit.
   */
  readonly shown: boolean;
}

/** A node inside, for the small picture and for what is said of it. */
export interface BoxMember {
  readonly id: string;
  readonly label: string;
  readonly category: Category;
  readonly outline: Outline;
  /** Of its shape, from the corner of the group. */
  readonly place: Position & { readonly width: number; readonly height: number };
  readonly remarks: readonly Remark[];
}

/** A term of the objective inside, whose value a run shows. */
export interface BoxTerm {
  readonly nodeId: string;
  readonly label: string;
}

/** Everything that drawing a collapsed group takes, apart from its place, its selection and what a run says of it. */
export interface BoxView {
  readonly id: string;
  readonly label: string;
  readonly color: GroupColor | null;
  /** Nodes and weights inside. */
  readonly state: string;
  readonly members: readonly BoxMember[];
  /** Between members, by their ids: the wires of the small picture. */
  readonly wires: readonly (readonly [string, string])[];
  readonly terms: readonly BoxTerm[];
  readonly ports: readonly BoxPort[];
}

/** The boxes of all collapsed groups that are drawn, by group. */
export function boxViews(
  document: BasinDocument,
  nodes: ReadonlyMap<string, NodeView>,
  analysis: Analysis,
): Map<string, BoxView> {
  const hidden = hiddenBy(document);
  return new Map(
    document.groups
      .filter(({ id, collapsed }) => collapsed === true && !hidden.has(id))
      .map((group) => [group.id, boxView(group, document, nodes, analysis)]),
  );
}

function boxView(
  group: DocumentGroup,
  document: BasinDocument,
  nodes: ReadonlyMap<string, NodeView>,
  analysis: Analysis,
): BoxView {
  const ids = new Set(nodesWithin(document, [group.id]));
  const places = new Map(document.nodes.map(({ id, position }) => [id, position]));
  const inside = [...ids]
    .flatMap((id) => nodes.get(id) ?? [])
    // Ports come in the order in which their nodes stand, from above.
    .sort((a, b) => (places.get(a.id)?.y ?? 0) - (places.get(b.id)?.y ?? 0));
  const inner = document.edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
  const crossing = document.edges.filter(
    ({ source, target }) => ids.has(source) !== ids.has(target),
  );
  const isCrossed = ({ id }: NodeView, { name, direction }: PortView): boolean =>
    crossing.some((edge) =>
      direction === 'input'
        ? edge.target === id && edge.targetPort === name
        : edge.source === id && edge.sourcePort === name,
    );
  return {
    id: group.id,
    label: group.label.trim() === '' ? 'Group' : group.label,
    color: group.color ?? null,
    state: stateOf(inside, analysis),
    members: inside.map((view) => member(view, places.get(view.id) ?? group.position, group)),
    wires: inner.map(({ source, target }) => [source, target]),
    terms: analysis.objective
      .filter(({ nodeId }) => ids.has(nodeId))
      .map(({ nodeId, label }) => ({ nodeId, label })),
    ports: inside.flatMap((view) =>
      view.ports.map((port) => ({
        nodeId: view.id,
        port,
        title: portTitle(view, port),
        shown: isCrossed(view, port) || isOpen(view, port),
      })),
    ),
  };
}

/** An input that must be connected, or what nobody reads at the end of a chain. */
function isOpen(view: NodeView, port: PortView): boolean {
  if (port.connected) return false;
  if (port.direction === 'input') return !port.optional;
  const isLast = view.ports.every(
    ({ direction, connected }) => direction === 'input' || !connected,
  );
  const isChained = view.ports.some(({ direction }) => direction === 'input');
  return port.type === 'tensor' && isLast && isChained;
}

function portTitle({ label, ports }: NodeView, { name, direction, type }: PortView): string {
  const alike = ports.filter(
    (port) => port.direction === direction && (port.type === 'weights') === (type === 'weights'),
  );
  return alike.length > 1 ? `${label} · ${name}` : label;
}

function member(
  { id, label, category, outline, geometry, remarks }: NodeView,
  { x, y }: Position,
  { position: corner }: DocumentGroup,
): BoxMember {
  const { shape } = geometry;
  const place = {
    x: x + shape.x - corner.x,
    y: y + shape.y - corner.y,
    width: shape.width,
    height: shape.height,
  };
  return { id, label, category, outline, place, remarks };
}

function stateOf(inside: readonly NodeView[], { owners, weights }: Analysis): string {
  const own = inside.filter(({ id }) => (owners.get(id) ?? id) === id);
  const count = own
    .flatMap(({ id }) => weights.get(id) ?? [])
    .reduce((sum, { shape }) => sum + sampleSize(tensorType(shape)), 0);
  const nodes = plural(inside.filter(({ category }) => category !== 'note').length, 'node');
  return count > 0 ? `${nodes} · ${formatCount(count)} weights` : nodes;
}
