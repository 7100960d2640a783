import { getNodesBounds, Panel, useReactFlow, useStore } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { FlowNode } from './flow/flowTypes';
import { mapArea, mapPaths, type Area } from './flow/mapOf';
import styles from './GraphMap.module.css';

const WIDTH = 144;
const HEIGHT = 88;
/** On a canvas less high than this it would hide more of the graph than it shows, as in a page that is magnified. */
export const ROOM_FOR_MAP = 2 * HEIGHT;
/** Of the pointer, in pixels: less is a click. */
const DRAG = 3;
/** Halvings and doublings of the zoom for each pixel that the wheel turns: as on the canvas. */
const WHEEL = 0.002;

/**
 * The whole graph and what of it is in view: a drag moves the view, a click goes there, the wheel zooms. One path for each colour: the
 * canvas library's map has an element and a listener for each node, which large graphs feel in everything that is done.
 */
export function GraphMap({ nodes }: { nodes: FlowNode[] }) {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const [x, y, zoom] = useStore((state) => state.transform);
  const bounds = useMemo(() => getNodesBounds(nodes), [nodes]);
  const paths = useMemo(() => mapPaths(nodes), [nodes]);
  const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  const area = mapArea(bounds, view, { width: WIDTH, height: HEIGHT });
  const scale = area.width / WIDTH;
  const svg = useRef<SVGSVGElement>(null);
  const grip = useRef<{ x: number; y: number; view: Area; scale: number; moved: boolean } | null>(
    null,
  );

  useEffect(() => {
    const element = svg.current;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      void flow.zoomTo(flow.getZoom() * 2 ** (-event.deltaY * WHEEL));
    };
    // React listens to wheels passively, and the page would zoom with the graph.
    element?.addEventListener('wheel', turn, { passive: false });
    return () => element?.removeEventListener('wheel', turn);
  }, [flow]);

  const drag = (event: React.PointerEvent): void => {
    const { current: from } = grip;
    if (from === null) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    from.moved ||= Math.hypot(dx, dy) > DRAG;
    if (!from.moved) return;
    const at = { x: from.view.x + dx * from.scale, y: from.view.y + dy * from.scale };
    void flow.setViewport({ x: -at.x * zoom, y: -at.y * zoom, zoom });
  };

  const goTo = (event: React.MouseEvent): void => {
    const box = svg.current?.getBoundingClientRect();
    if (box === undefined || grip.current?.moved === true) return;
    const at = {
      x: area.x + (event.clientX - box.left) * scale,
      y: area.y + (event.clientY - box.top) * scale,
    };
    void flow.setCenter(at.x, at.y, { zoom });
  };

  return (
    <Panel position="bottom-right" className={styles.map} data-testid="graph-map">
      <svg
        ref={svg}
        width={WIDTH}
        height={HEIGHT}
        viewBox={`${area.x} ${area.y} ${area.width} ${area.height}`}
        role="img"
        aria-label="Map of the graph"
        onPointerDown={(event) => {
          if (!isGrip(event)) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          grip.current = { x: event.clientX, y: event.clientY, view, scale, moved: false };
        }}
        onPointerMove={(event) => isGrip(event) && drag(event)}
        onClick={goTo}
      >
        {paths.map(([color, path]) => (
          <path key={color} d={path} style={{ fill: color }} />
        ))}
        <path className={styles.mask} fillRule="evenodd" d={rectangle(area) + rectangle(view)} />
      </svg>
    </Panel>
  );
}

/** The first finger, or the main button of a mouse: a second finger would take the view to where it is. */
function isGrip({ isPrimary, buttons }: React.PointerEvent): boolean {
  return isPrimary && buttons === 1;
}

function rectangle({ x, y, width, height }: Area): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}
