import type { FlowNode } from './flowTypes';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Between the graph and the border of its map, in pixels of the map. */
const MARGIN = 5;

/** What a map of some size shows: the graph and the view, whole and in the middle. In units of the graph. */
export function mapArea(
  graph: Area,
  view: Area,
  map: { readonly width: number; readonly height: number },
): Area {
  const left = Math.min(graph.x, view.x);
  const top = Math.min(graph.y, view.y);
  const right = Math.max(graph.x + graph.width, view.x + view.width);
  const bottom = Math.max(graph.y + graph.height, view.y + view.height);
  const scale = Math.max(
    (right - left) / (map.width - 2 * MARGIN),
    (bottom - top) / (map.height - 2 * MARGIN),
  );
  const [width, height] = [map.width * scale, map.height * scale];
  return { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height };
}

/** The nodes as one path for each colour, in the order in which they are drawn. */
export function mapPaths(nodes: readonly FlowNode[]): readonly (readonly [string, string])[] {
  const paths = new Map<string, string[]>();
  for (const node of nodes) {
    const { x, y } = node.position;
    const [width, height] = [node.width ?? 0, node.height ?? 0];
    const color = colorOf(node);
    const path = paths.get(color) ?? [];
    path.push(`M${x} ${y}h${width}v${height}h${-width}z`);
    paths.set(color, path);
  }
  return [...paths].map(([color, path]) => [color, path.join('')]);
}

function colorOf(node: FlowNode): string {
  if (node.type === 'graph') return `var(--category-${node.data.view.category})`;
  return node.type === 'box' ? 'var(--hairline-strong)' : 'var(--hairline)';
}
