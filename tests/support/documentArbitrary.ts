import fc from 'fast-check';
import {
  DEFAULT_OPTIMIZERS,
  DEFAULT_TRAINING,
  DOCUMENT_VERSION,
  GROUP_COLORS,
  type BasinDocument,
  type DocumentEdge,
  type DocumentGroup,
  type DocumentNode,
  type ParameterValue,
} from '../../src/document/schema';

export const idArbitrary = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,7}$/);
export const positionArbitrary = fc.record({
  x: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  y: fc.integer({ min: -1000, max: 1000 }),
});
const sizeArbitrary = fc.record({
  width: fc.integer({ min: 1, max: 500 }),
  height: fc.integer({ min: 1, max: 500 }),
});
/** JSON without keys that would name a prototype: no document keeps these. */
export const parameterArbitrary: fc.Arbitrary<ParameterValue> = fc
  .jsonValue({ maxDepth: 3 })
  .map((value) => JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'proto')));
export const labelArbitrary = fc.string({ maxLength: 20, unit: 'grapheme' });

const nodeArbitrary: fc.Arbitrary<DocumentNode> = fc.record(
  {
    id: idArbitrary,
    kind: fc.constantFrom('module.mlp', 'data.digits', 'energy.squared', 'note'),
    label: labelArbitrary,
    position: positionArbitrary,
    size: sizeArbitrary,
    params: fc.dictionary(fc.constantFrom('widths', 'rate', 'text', '0'), parameterArbitrary),
    bypassed: fc.constant(true as const),
  },
  { requiredKeys: ['id', 'kind', 'label', 'position', 'params'] },
);

const trainingArbitrary = fc.record({
  seed: fc.maxSafeNat(),
  batchSize: fc.integer({ min: 1, max: 65_536 }),
  steps: fc.integer({ min: 1, max: 1e8 }),
  learningRate: fc.double({ min: 0, max: 1e3, noNaN: true }),
  optimizer: fc.constantFrom(...Object.values(DEFAULT_OPTIMIZERS)),
  schedule: fc.record({
    kind: fc.constantFrom('constant', 'cosine'),
    warmupSteps: fc.nat({ max: 1e7 }),
    finalFraction: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  clipNorm: fc.constantFrom(null, 0.5, 1e9),
  evaluateEvery: fc.integer({ min: 1, max: 1e7 }),
});

const claimsArbitrary = fc.record(
  {
    step: fc.nat(),
    loss: fc.double({ noNaN: true, noDefaultInfinity: true }),
    verdict: labelArbitrary,
  },
  { requiredKeys: ['step', 'loss'] },
);

/** Valid documents: unique ids, edges between nodes that exist, each once, groups that exist. */
export const documentArbitrary: fc.Arbitrary<BasinDocument> = fc
  .uniqueArray(nodeArbitrary, { maxLength: 8, selector: ({ id }) => id })
  .chain((nodes) =>
    fc.record(
      {
        format: fc.constant('basin' as const),
        version: fc.constant(DOCUMENT_VERSION),
        title: labelArbitrary,
        description: fc.string({ maxLength: 60, unit: 'grapheme' }),
        nodes: fc.constant(nodes),
        edges: edgesAmong(nodes),
        groups: fc.uniqueArray(
          fc.record(
            {
              id: idArbitrary.map((id) => `group-${id}`),
              label: labelArbitrary,
              position: positionArbitrary,
              size: sizeArbitrary,
              collapsed: fc.constant(true as const),
              color: fc.constantFrom(...GROUP_COLORS),
            },
            { requiredKeys: ['id', 'label', 'position', 'size'] },
          ),
          { maxLength: 3, selector: ({ id }) => id },
        ),
        training: fc.oneof(fc.constant(DEFAULT_TRAINING), trainingArbitrary),
        claims: claimsArbitrary,
        template: fc.constantFrom('jepa', 'h-jepa'),
      },
      {
        requiredKeys: [
          'format',
          'version',
          'title',
          'description',
          'nodes',
          'edges',
          'groups',
          'training',
        ],
      },
    ),
  )
  .map((document) => ({
    ...document,
    // The last one is within the first.
    groups: document.groups.map((group, index): DocumentGroup => {
      const [outer] = document.groups;
      return index === 2 && outer !== undefined ? { ...group, group: outer.id } : group;
    }),
    nodes: document.nodes.map((node, index) => {
      const group = document.groups[index];
      return group === undefined ? node : { ...node, group: group.id };
    }),
  }));

function edgesAmong(nodes: readonly DocumentNode[]): fc.Arbitrary<DocumentEdge[]> {
  if (nodes.length === 0) return fc.constant([]);
  const end = fc.constantFrom(...nodes.map(({ id }) => id));
  const port = fc.constantFrom('x', 'out', 'in');
  return fc
    .uniqueArray(fc.record({ source: end, sourcePort: port, target: end, targetPort: port }), {
      maxLength: 12,
      selector: (ends) => JSON.stringify(Object.values(ends)),
    })
    .chain((all) =>
      fc.record({
        all: fc.constant(all),
        bends: fc.array(positionArbitrary, { minLength: 1, maxLength: 3 }),
      }),
    )
    .map(({ all, bends }) =>
      // Every other one is bent.
      all.map((ends, index) => ({
        id: `edge-${index}`,
        ...ends,
        ...(index % 2 === 1 && { bends }),
      })),
    );
}
