import type { BasinDocument, Position } from '../../document/schema';
import { boxGeometry } from './boxGeometry';
import { innerHandle } from './boxHandle';
import { drawnAs } from './buildViews';
import type { Views } from './buildViews';
import type { PortPlace, Side } from './nodeGeometry';

/** Of a letter of a shape on an edge, at the largest that it is drawn on the canvas (Canvas.module.css). */
export const SHAPE_LETTER = 7.4;

/** An end of a wire on the canvas, and the side of the node that it is at. */
export interface WireEnd extends Position {
  readonly side: Side;
  /** What is drawn there: a node, or the box that stands for it. */
  readonly item: string;
}

/** An edge as it is drawn. */
export interface Wire {
  readonly id: string;
  readonly from: WireEnd;
  readonly to: WireEnd;
  /** Places that it leads through; none where it ends at a box, which draws it straight. */
  readonly bends: readonly Position[];
  /** What is printed on it. */
  readonly shape: string | null;
}

/** All edges that are drawn, with their ends where nodes rest. */
export function drawnWires(document: BasinDocument, views: Views): Wire[] {
  const positions = new Map(
    [...document.nodes, ...document.groups].map(({ id, position }) => [id, position]),
  );
  const boxes = new Map(
    [...views.boxes].map(([id, box]) => [
      id,
      new Map(
        boxGeometry(box).ports.map(({ nodeId, port, place }) => [
          innerHandle(nodeId, port.name),
          place,
        ]),
      ),
    ]),
  );
  const end = (nodeId: string, port: string, ports: 'inputs' | 'outputs'): WireEnd | null => {
    const item = drawnAs(views, nodeId);
    const at = positions.get(item);
    const geometry = views.nodes.get(nodeId)?.geometry[ports];
    const place: PortPlace | undefined =
      item === nodeId
        ? geometry && Object.hasOwn(geometry, port)
          ? geometry[port]
          : undefined
        : boxes.get(item)?.get(innerHandle(nodeId, port));
    return at && place ? { x: at.x + place.x, y: at.y + place.y, side: place.side, item } : null;
  };
  return document.edges.flatMap((edge) => {
    const { id, source, sourcePort, target, targetPort } = edge;
    const from = end(source, sourcePort, 'outputs');
    const to = end(target, targetPort, 'inputs');
    if (!from || !to || from.item === to.item) return [];
    const isWhole = from.item === source && to.item === target;
    const bends = isWhole ? (edge.bends ?? []) : [];
    return [{ id, from, to, bends, shape: views.edges.get(id)?.shape ?? null }];
  });
}
