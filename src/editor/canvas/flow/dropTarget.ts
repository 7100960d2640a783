import { portOfHandle } from '../../model/boxHandle';
import type { Views } from '../../model/buildViews';
import type { LooseEnd } from '../../store/uiStore';

/** What a kind of node is let go on: a node, and the port if it was one. */
export interface DropTarget {
  readonly nodeId: string;
  readonly port: LooseEnd | null;
}

/** Null beside nodes, and on the box of a collapsed group away from its ports. */
export function dropTarget(target: EventTarget | null, boxes: Views['boxes']): DropTarget | null {
  if (!(target instanceof Element)) return null;
  const handle = target.closest('.react-flow__handle');
  const [itemId, handleId] = ['data-nodeid', 'data-handleid'].map((name) =>
    handle?.getAttribute(name),
  );
  if (handle && itemId != null && handleId != null) {
    const port = portOfHandle(boxes, itemId, handleId);
    const direction = handle.classList.contains('source') ? 'output' : 'input';
    return { nodeId: port.nodeId, port: { ...port, direction } };
  }
  const nodeId = target.closest('.react-flow__node-graph')?.getAttribute('data-id');
  return nodeId == null ? null : { nodeId, port: null };
}

const RECEIVING = 'data-receiving';

/** Lights up the node that would be connected, or with null none. The canvas library draws nodes: its elements are marked. */
export function markReceiving(canvas: Element, target: EventTarget | null): void {
  const node = target instanceof Element ? target.closest('.react-flow__node-graph') : null;
  for (const marked of canvas.querySelectorAll(`[${RECEIVING}]`)) {
    if (marked !== node) marked.removeAttribute(RECEIVING);
  }
  node?.setAttribute(RECEIVING, '');
}
