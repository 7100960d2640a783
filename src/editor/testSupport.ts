import { z } from 'zod';
import { analyse } from '../compiler/analysis/analyse';
import { sameTrainingProgram } from '../compiler/programs/sameTrainingProgram';
import { text } from '../core/schemas';
import { emptyDocument } from '../document/schema';
import type { BasinDocument, DocumentNode } from '../document/schema';
import { defineNode, inferred, problem } from '../graph/nodeDefinition';
import { formatTensorType, sameTensorType, tensorType } from '../graph/ports';
import { createRegistry } from '../graph/registry';
import { createEditorStore } from './store/createEditorStore';
import type { EditorStore } from './store/editorState';

const tensor = (name: string) => ({ name, type: 'tensor' }) as const;

const source = defineNode({
  kind: 'data.source',
  category: 'data',
  title: 'Source',
  help: 'Rows.',
  source: 'test',
  params: z.object({ width: z.number().int().min(1).default(4) }),
  ports: () => ({ inputs: [], outputs: [tensor('x')] }),
  time: 'aware',
  infer: ({ params }) => inferred({ x: tensorType([params.width]) }),
  lower: (context) => ({ x: context.normal('rows', [context.batch, context.params.width]) }),
});

const dense = defineNode({
  kind: 'module.dense',
  category: 'module',
  title: 'Dense',
  help: 'A layer.',
  source: 'test',
  params: z.object({
    width: z.number().int().min(1).default(3).meta({ label: 'Width' }),
    role: z.enum(['encoder', 'decoder']).default('encoder'),
  }),
  titleFor: ({ role }) => (role === 'encoder' ? 'Encoder' : 'Decoder'),
  ports: () => ({
    inputs: [
      { name: 'in', type: 'tensor', variadic: true },
      { name: 'weights', type: 'weights', optional: true },
    ],
    outputs: [tensor('out'), { name: 'weights', type: 'weights' }],
  }),
  time: 'fold',
  infer: ({ params }) => inferred({ out: tensorType([params.width]) }),
  weights: ({ params }) => [
    { name: 'w', shape: [2, params.width], initial: { kind: 'constant', value: 0 } },
  ],
  // The mean of its inputs, and its weights: no layer, but something to train.
  lower: ({ builder, batch, params, inputs, weight }) => {
    const shape = [batch, params.width];
    const means = inputs.all('in').map((value) => builder.broadcastTo(builder.mean(value), shape));
    const weights = builder.broadcastTo(builder.sum(weight('w'), [0]), shape);
    return { out: means.reduce((sum, mean) => builder.add(sum, mean), weights) };
  },
});

const distance = defineNode({
  kind: 'energy.distance',
  category: 'energy',
  title: 'Distance',
  help: 'How far apart.',
  source: 'test',
  params: z.object({
    weight: z
      .number()
      .min(0)
      .default(1)
      .meta({ label: 'Weight', live: true, range: [0, 50] }),
    mean: z.boolean().default(true),
  }),
  ports: () => ({
    inputs: [tensor('a'), tensor('b')],
    outputs: [{ name: 'energy', type: 'energy' }],
  }),
  time: 'fold',
  infer: ({ inputs }) => {
    const [a, b] = [inputs.one('a'), inputs.one('b')];
    return sameTensorType(a, b)
      ? inferred({})
      : problem('shape.mismatch', `${formatTensorType(a)} against ${formatTensorType(b)}.`);
  },
  lower: ({ builder, params, inputs }) => {
    const squared = builder.square(builder.sub(inputs.one('a'), inputs.one('b')));
    return { energy: params.mean ? builder.mean(squared, [1]) : builder.sum(squared, [1]) };
  },
});

const remark = defineNode({
  kind: 'note',
  category: 'note',
  title: 'Note',
  help: 'Text.',
  source: 'test',
  params: z.object({ text: text({ max: 100 }).default('') }),
  ports: () => ({ inputs: [], outputs: [] }),
  time: 'aware',
  infer: () => inferred({}),
  lower: () => ({}),
});

/** Four kinds: enough for every rule of the editor, and independent of the catalogue. */
export const testRegistry = createRegistry([source, dense, distance, remark]);

export function testNode(
  id: string,
  kind: string,
  params: DocumentNode['params'] = {},
): DocumentNode {
  return { id, kind, label: '', position: { x: 0, y: 0 }, params };
}

/** x → encoder → distance.a, distance.b left open, and a note. */
export function testDocument(): BasinDocument {
  const edge = (id: string, source: string, sourcePort: string, target: string, port: string) => ({
    id,
    source,
    sourcePort,
    target,
    targetPort: port,
  });
  return {
    ...emptyDocument('Test'),
    nodes: [
      testNode('x', 'data.source'),
      testNode('encoder', 'module.dense', { width: 4 }),
      testNode('distance', 'energy.distance'),
      testNode('remark', 'note', { text: 'Hello' }),
    ],
    edges: [edge('e1', 'x', 'x', 'encoder', 'in'), edge('e2', 'encoder', 'out', 'distance', 'a')],
  };
}

/** The same with both ends of the distance fed: nothing is at fault. */
export function soundDocument(): BasinDocument {
  const document = testDocument();
  const edge = { id: 'e3', source: 'x', sourcePort: 'x', target: 'distance', targetPort: 'b' };
  return { ...document, edges: [...document.edges, edge] };
}

export function testStore(document = testDocument()): EditorStore {
  return createEditorStore({
    registry: testRegistry,
    analyse,
    document,
    trainAlike: () => sameTrainingProgram,
  });
}
