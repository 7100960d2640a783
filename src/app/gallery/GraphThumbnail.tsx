import { useMemo } from 'react';
import type { BasinDocument } from '../../document/schema';
import { documentPorts } from '../../editor/model/documentNode';
import { nodeGeometry } from '../../editor/model/nodeGeometry';
import { nodeOutline } from '../../editor/model/nodeOutline';
import { outlinePath } from '../../editor/model/outlinePath';
import { resolveParameters } from '../../editor/parameters/resolveParameters';
import type { Registry } from '../../graph/registry';
import styles from './Gallery.module.css';

const MARGIN = 24;

/** A small picture of a graph, in the shapes and colours of the canvas. */
export function GraphThumbnail({
  document,
  registry,
}: {
  document: BasinDocument;
  registry: Registry;
}) {
  const { nodes, edges, box } = useMemo(() => layOut(document, registry), [document, registry]);
  return (
    <svg className={styles.thumbnail} viewBox={box} aria-hidden>
      {edges.map(({ id, path, kind }) => (
        <path key={id} className={styles.edge} data-kind={kind} d={path} />
      ))}
      {nodes.map(({ id, category, outline, path, x, y }) => (
        <path
          key={id}
          className={styles.node}
          data-category={category}
          data-outline={outline}
          d={path}
          transform={`translate(${x} ${y})`}
        />
      ))}
    </svg>
  );
}

function layOut(document: BasinDocument, registry: Registry) {
  const placed = document.nodes
    .filter(({ kind }) => registry.get(kind)?.category !== 'note')
    .map((node) => {
      const definition = registry.get(node.kind);
      const params = definition ? resolveParameters(definition, node.params) : {};
      const ports = documentPorts(registry, node);
      const outline = nodeOutline(definition, params);
      const geometry = nodeGeometry(outline, ports, node.size);
      const { shape } = geometry;
      return {
        id: node.id,
        category: definition?.category ?? 'op',
        outline,
        geometry,
        ports,
        position: node.position,
        x: node.position.x + shape.x,
        y: node.position.y + shape.y,
        path: outlinePath(outline, shape.width, shape.height),
      };
    });
  const byId = new Map(placed.map((node) => [node.id, node]));
  const edges = document.edges.flatMap(({ id, source, sourcePort, target, targetPort }) => {
    const [from, to] = [byId.get(source), byId.get(target)];
    const start = from?.geometry.outputs[sourcePort];
    const end = to?.geometry.inputs[targetPort];
    if (!from || !to || !start || !end) return [];
    const kind = from.ports.outputs.find(({ name }) => name === sourcePort)?.type ?? 'tensor';
    const [x1, y1] = [from.position.x + start.x, from.position.y + start.y];
    const [x2, y2] = [to.position.x + end.x, to.position.y + end.y];
    const bend = Math.max(24, Math.abs(x2 - x1) / 2);
    const path =
      kind === 'weights'
        ? `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`
        : `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
    return [{ id, path, kind }];
  });
  return { nodes: placed, edges, box: viewBox(placed) };
}

function viewBox(
  nodes: readonly {
    readonly position: { readonly x: number; readonly y: number };
    readonly geometry: { readonly width: number; readonly height: number };
  }[],
): string {
  const left = Math.min(...nodes.map(({ position }) => position.x)) - MARGIN;
  const top = Math.min(...nodes.map(({ position }) => position.y)) - MARGIN;
  const right =
    Math.max(...nodes.map(({ position, geometry }) => position.x + geometry.width)) + MARGIN;
  const bottom =
    Math.max(...nodes.map(({ position, geometry }) => position.y + geometry.height)) + MARGIN;
  return nodes.length === 0 ? '0 0 1 1' : `${left} ${top} ${right - left} ${bottom - top}`;
}
