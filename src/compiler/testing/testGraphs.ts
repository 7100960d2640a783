import {
  DEFAULT_TRAINING,
  emptyDocument,
  type BasinDocument,
  type ParameterValue,
  type TrainingSettings,
} from '../../document/schema';

interface GraphSketch {
  /** Node id → kind, or kind and parameters. */
  readonly nodes: Readonly<
    Record<string, string | readonly [string, Readonly<Record<string, unknown>>]>
  >;
  /** `source.port -> target.port`. */
  readonly edges?: readonly string[];
  readonly training?: Partial<TrainingSettings>;
}

/** A document from a short sketch, for tests: labels are the ids. */
export function sketchDocument({ nodes, edges = [], training = {} }: GraphSketch): BasinDocument {
  return {
    ...emptyDocument('Sketch'),
    nodes: Object.entries(nodes).map(([id, spec]) => {
      const [kind, params] = typeof spec === 'string' ? [spec, {}] : spec;
      const json = params as Record<string, ParameterValue>;
      return { id, kind, label: id, position: { x: 0, y: 0 }, params: json };
    }),
    edges: edges.map((text, index) => {
      const match = /^(\S+)\.(\S+) -> (\S+)\.(\S+)$/.exec(text);
      if (!match) throw new Error(`Not an edge: ${text}`);
      const [, source = '', sourcePort = '', target = '', targetPort = ''] = match;
      return { id: `edge${index}`, source, sourcePort, target, targetPort };
    }),
    training: { ...DEFAULT_TRAINING, ...training },
  };
}
