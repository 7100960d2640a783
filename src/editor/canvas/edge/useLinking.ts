import type {
  Connection,
  FinalConnectionState,
  InternalNode,
  OnConnectStartParams,
} from '@xyflow/react';
import { useReactFlow } from '@xyflow/react';
import { useCallback, useMemo, useRef } from 'react';
import { candidates, fittingPort, linkTo } from '../../connection/candidates';
import type { Link } from '../../connection/canConnect';
import { useConnector } from '../../connection/useConnect';
import { portOfHandle } from '../../model/boxHandle';
import { drawnAs, type Views } from '../../model/buildViews';
import { nodeLabel } from '../../model/documentNode';
import { useEditorStore } from '../../store/useEditor';
import { useUiStore } from '../../store/uiStore';
import type { LooseEnd, Point } from '../../store/uiStore';
import { useViews } from '../../store/ViewsContext';
import type { FlowEdge } from '../flow/flowTypes';

/** Drawing a link with the pointer: which ports light up, and what a drop does. */
export function useLinking() {
  const store = useEditorStore();
  const ui = useUiStore();
  const connector = useConnector();
  const flow = useReactFlow();
  const views = useViews();
  const made = useRef<Link | null>(null);

  const onConnectStart = useCallback(
    (_: unknown, { nodeId, handleId, handleType }: OnConnectStartParams) => {
      made.current = null;
      if (nodeId === null || handleId === null) return;
      const end: LooseEnd = {
        ...portOfHandle(views.boxes, nodeId, handleId),
        direction: handleType === 'source' ? 'output' : 'input',
      };
      const other = end.direction === 'output' ? 'input' : 'output';
      const { preview: _preview, ...context } = connector.context();
      const fits = candidates(context, end)
        // What is taken can be replaced: it is offered at the drop.
        .filter(({ verdict }) => verdict.ok || verdict.reason === 'taken')
        .map(({ end: { nodeId: id, port } }) => `${other}:${id}.${port}`);
      ui.setState({ linking: { end, fits: new Set(fits) }, refusal: null });
    },
    [connector, ui, views],
  );

  const isValidConnection = useCallback(
    (connection: Connection | FlowEdge) => {
      const { linking } = ui.getState();
      if (linking === null) return true;
      const { from, to } = toLink(connection, views.boxes);
      return linking.fits.has(
        linking.end.direction === 'output'
          ? `input:${to.nodeId}.${to.port}`
          : `output:${from.nodeId}.${from.port}`,
      );
    },
    [ui, views],
  );

  const onConnect = useCallback(
    (connection: Connection) => {
      made.current = toLink(connection, views.boxes);
    },
    [views],
  );

  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState<InternalNode>) => {
      const { linking } = ui.getState();
      ui.setState({ linking: null });
      if (linking === null) return;
      const { end } = linking;
      const at = pointOf(event);
      const { toHandle } = state;
      if (made.current !== null) {
        connector.attempt(end, made.current, at);
        return;
      }
      if (toHandle) {
        const direction = toHandle.type === 'source' ? 'output' : 'input';
        const port = portOfHandle(views.boxes, toHandle.nodeId, toHandle.id ?? '');
        if (port.nodeId === end.nodeId && port.port === end.port && direction === end.direction)
          return;
        if (direction === end.direction) {
          connector.refuse(
            at,
            `Two ${direction}s cannot be connected: an output leads to an input.`,
          );
          return;
        }
        connector.attempt(end, linkTo(end, port), at);
        return;
      }
      const nodeId = nodeAt(event);
      if (nodeId === null) {
        ui.setState({ search: { at, position: flow.screenToFlowPosition(at), from: end } });
        return;
      }
      if (nodeId === drawnAs(views, end.nodeId)) return;
      const box = views.boxes.get(nodeId);
      if (box !== undefined) {
        const inside = new Set(box.members.map(({ id }) => id));
        const offered = candidates(connector.context(), end).filter(
          ({ end: other, verdict }) => inside.has(other.nodeId) && verdict.ok,
        );
        const [only] = offered;
        if (only === undefined) {
          connector.refuse(at, `“${box.label}” has no free port inside that “${end.port}” fits.`);
        } else if (offered.length === 1) connector.attempt(end, only.link, at);
        else ui.setState({ connectInto: { end, groupId: nodeId } });
        return;
      }
      const fit = fittingPort(connector.context(), end, nodeId);
      if (fit !== null) {
        connector.attempt(end, fit.link, at);
        return;
      }
      const node = store.getState().document.nodes.find(({ id }) => id === nodeId);
      if (node === undefined) return;
      connector.refuse(
        at,
        `“${nodeLabel(store.registry, node)}” has no free port that “${end.port}” fits.`,
      );
    },
    [connector, flow, store, ui, views],
  );

  return useMemo(
    () => ({ onConnectStart, isValidConnection, onConnect, onConnectEnd }),
    [onConnectStart, isValidConnection, onConnect, onConnectEnd],
  );
}

function toLink(
  { source, sourceHandle, target, targetHandle }: Connection | FlowEdge,
  boxes: Views['boxes'],
): Link {
  return {
    from: portOfHandle(boxes, source, sourceHandle ?? ''),
    to: portOfHandle(boxes, target, targetHandle ?? ''),
  };
}

function pointOf(event: MouseEvent | TouchEvent): Point {
  const touch = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}

const NODE = ':is(.react-flow__node-graph, .react-flow__node-box)';

/** The node or box under the pointer; null over the canvas or a frame. */
function nodeAt(event: MouseEvent | TouchEvent): string | null {
  const { x, y } = pointOf(event);
  const hit = document.elementsFromPoint(x, y).find((element) => element.closest(NODE) !== null);
  return hit?.closest(NODE)?.getAttribute('data-id') ?? null;
}
