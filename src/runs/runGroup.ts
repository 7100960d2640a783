import { textHash } from '../core/textHash';
import { canonicalJson } from '../document/canonical';
import type { BasinDocument } from '../document/schema';

/**
 * A key that runs share which differ in nothing but their seeds: the same nodes with the same parameters, edges, training
 * settings and engine. Titles, labels, notes and places on the canvas do not count, nor how often was evaluated.
 */
export function runGroup({ nodes, edges, training }: BasinDocument, engine: string | null): string {
  const { seed: _, evaluateEvery: __, ...settings } = training;
  const computing = nodes.filter(({ kind }) => kind !== 'note');
  return textHash(
    canonicalJson(
      {
        nodes: computing.map(({ id, kind, params, bypassed }) => ({ id, kind, params, bypassed })),
        edges: edges.map(({ source, sourcePort, target, targetPort }) => [
          ...[source, sourcePort, target, targetPort],
        ]),
        settings,
        engine,
      },
      'compact',
    ),
  );
}
