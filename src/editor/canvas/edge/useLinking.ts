import type {
  Connection,
  FinalConnectionState,
  InternalNode,
  OnConnectStartParams,
} from '@xyflow/react';
import { useReactFlow } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { DocumentEdge } from '../../../document/schema';
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

/** Pixels that a link must be pulled off its port before letting go takes it away: as far as ports attract. */
const PULLED_OFF = 24;

/**
 * Drawing a link with the pointer, or leading one elsewhere by one of its ends: which ports light up, and what a drop
 * does. Pulled from an input that is taken, it is the link there that moves.
 */
export function useLinking() {
  const store = useEditorStore();
  const ui = useUiStore();
  const connector = useConnector();
  const flow = useReactFlow();
  const views = useViews();
  const made = useRef<Link | null>(null);
  /** The edge whose end was taken hold of. */
  const taken = useRef<string | null>(null);
  const start = useRef<Point>({ x: 0, y: 0 });

  // The canvas library follows the pointer until the button is let go; nothing is connected then.
  useEffect(() => {
    const giveUp = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || ui.getState().linking === null) return;
      event.preventDefault();
      ui.setState({ linking: null });
    };
    window.addEventListener('keydown', giveUp, { capture: true });
    return () => window.removeEventListener('keydown', giveUp, { capture: true });
  }, [ui]);

  const onReconnectStart = useCallback((_: unknown, { id }: FlowEdge) => {
    taken.current = id;
  }, []);

  const onConnectStart = useCallback(
    (event: MouseEvent | TouchEvent, { nodeId, handleId, handleType }: OnConnectStartParams) => {
      const edgeId = taken.current;
      made.current = null;
      taken.current = null;
      start.current = pointOf(event);
      if (nodeId === null || handleId === null) return;
      const port: LooseEnd = {
        ...portOfHandle(views.boxes, nodeId, handleId),
        direction: handleType === 'source' ? 'output' : 'input',
      };
      const pulled = edgeId === null ? takenBy(views, port) : null;
      const moving = edgeId ?? pulled?.id ?? null;
      const end: LooseEnd = pulled
        ? { nodeId: pulled.source, port: pulled.sourcePort, direction: 'output' }
        : port;
      const other = end.direction === 'output' ? 'input' : 'output';
      const { preview: _preview, ...context } = connector.context(moving);
      const fits = candidates(context, end)
        // What is taken can be replaced.
        .filter(({ verdict }) => verdict.ok || verdict.reason === 'taken')
        .map(({ end: { nodeId: id, port: name } }) => `${other}:${id}.${name}`);
      ui.setState({ linking: { end, fits: new Set(fits), moving }, refusal: null, notice: null });
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
  const onReconnect = useCallback(
    (_: FlowEdge, connection: Connection) => onConnect(connection),
    [onConnect],
  );

  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState<InternalNode>) => {
      const { linking } = ui.getState();
      ui.setState({ linking: null });
      if (linking === null) return;
      const { end, moving } = linking;
      const edge = moving === null ? undefined : views.edges.get(moving);
      const at = pointOf(event);
      const attempt = (link: Link): void => {
        if (!edge || !isSame(edge, link)) connector.attempt(end, link, at, moving);
      };
      const { toHandle } = state;
      // Hardly pulled off, it is still nearest to its own port, which attracts no link of its own.
      const isNear = Math.hypot(at.x - start.current.x, at.y - start.current.y) <= PULLED_OFF;
      const held = state.fromHandle?.type === 'source' ? 'output' : 'input';
      if (held !== end.direction && isNear && !isOverPort(event)) return;
      if (made.current !== null) {
        attempt(made.current);
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
        attempt(linkTo(end, port));
        return;
      }
      const nodeId = nodeAt(event);
      if (nodeId === null) {
        if (moving === null)
          ui.setState({ search: { at, position: flow.screenToFlowPosition(at), from: end } });
        else if (!isNear) connector.letGo(moving);
        return;
      }
      if (nodeId === drawnAs(views, end.nodeId)) return;
      // Back to the node that it was at.
      const before = edge && (end.direction === 'output' ? edge.target : edge.source);
      if (before !== undefined && nodeId === drawnAs(views, before)) return;
      const box = views.boxes.get(nodeId);
      if (box !== undefined) {
        const inside = new Set(box.members.map(({ id }) => id));
        const offered = candidates(connector.context(moving), end).filter(
          ({ end: other, verdict }) => inside.has(other.nodeId) && verdict.ok,
        );
        const [only] = offered;
        if (only === undefined) {
          connector.refuse(at, `“${box.label}” has no free port inside that “${end.port}” fits.`);
        } else if (offered.length === 1) attempt(only.link);
        else ui.setState({ connectInto: { end, groupId: nodeId, moving } });
        return;
      }
      const fit = fittingPort(connector.context(moving), end, nodeId);
      if (fit !== null) {
        attempt(fit.link);
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
    () => ({
      onConnectStart,
      isValidConnection,
      onConnect,
      onConnectEnd,
      onReconnectStart,
      onReconnect,
    }),
    [onConnectStart, isValidConnection, onConnect, onConnectEnd, onReconnectStart, onReconnect],
  );
}

/** The edge at an input that takes one; null where the input is free, takes several, or is none. */
function takenBy({ nodes, edges }: Views, { nodeId, port, direction }: LooseEnd) {
  if (direction === 'output') return null;
  const input = nodes
    .get(nodeId)
    ?.ports.find((one) => one.direction === 'input' && one.name === port);
  if (!input || input.variadic) return null;
  return (
    [...edges.values()].find(
      ({ target, targetPort }) => target === nodeId && targetPort === port,
    ) ?? null
  );
}

function isSame(
  { source, sourcePort, target, targetPort }: Omit<DocumentEdge, 'id' | 'bends'>,
  { from, to }: Link,
): boolean {
  return (
    source === from.nodeId &&
    sourcePort === from.port &&
    target === to.nodeId &&
    targetPort === to.port
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

function isOverPort(event: MouseEvent | TouchEvent): boolean {
  const { x, y } = pointOf(event);
  return document.elementFromPoint(x, y)?.closest('.react-flow__handle') != null;
}

const NODE = ':is(.react-flow__node-graph, .react-flow__node-box)';

/** The node or box under the pointer; null over the canvas or a frame. */
function nodeAt(event: MouseEvent | TouchEvent): string | null {
  const { x, y } = pointOf(event);
  const hit = document.elementsFromPoint(x, y).find((element) => element.closest(NODE) !== null);
  return hit?.closest(NODE)?.getAttribute('data-id') ?? null;
}
