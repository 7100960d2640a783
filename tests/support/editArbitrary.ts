import fc from 'fast-check';
import { z } from 'zod';
import { nodeDefinitions, registry } from '../../nodes/index';
import { duplicate } from '../../src/document/commands/clipboardCommands';
import { connect, disconnect, newEdge } from '../../src/document/commands/edgeCommands';
import type { Edit } from '../../src/document/commands/edit';
import { group, newGroup, ungroup } from '../../src/document/commands/groupCommands';
import { moveNodes, resizeItem } from '../../src/document/commands/layoutCommands';
import {
  addNode,
  newNode,
  setLabel,
  setParameter,
  toggleBypass,
} from '../../src/document/commands/nodeCommands';
import { removeSelection } from '../../src/document/commands/selectionCommands';
import {
  setDescription,
  setTitle,
  setTraining,
} from '../../src/document/commands/settingsCommands';
import {
  DEFAULT_OPTIMIZERS,
  type BasinDocument,
  type DocumentNode,
  type ParameterValue,
} from '../../src/document/schema';

/** Draws from the choices of one edit: the same choices make the same edit. */
interface Draw {
  index(length: number): number;
  one<T>(list: readonly T[]): T | undefined;
}

type MakeEdit = (document: BasinDocument, draw: Draw) => Edit | null;

function recipe(label: string, change: Edit['recipe']): Edit {
  return { label, recipe: change };
}

function swap<T>(list: T[], i: number, j: number): void {
  const [a, b] = [list[i], list[j]];
  if (a === undefined || b === undefined) return;
  list[i] = b;
  list[j] = a;
}

const onNode =
  (make: (node: DocumentNode, draw: Draw, document: BasinDocument) => Edit | null): MakeEdit =>
  (document, draw) => {
    const node = draw.one(document.nodes);
    return node === undefined ? null : make(node, draw, document);
  };

/** A value that the schema of a parameter allows, now and then one that it does not. */
function parameterValue(schema: z.ZodType, draw: Draw): ParameterValue | undefined {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    enum?: string[];
    type?: string;
    anyOf?: { type?: string }[];
    minimum?: number;
    default?: ParameterValue;
  };
  if (draw.index(12) === 0) return 'no such value';
  if (draw.index(6) === 0) return json.default;
  if (json.enum) return draw.one(json.enum);
  const type = json.type ?? draw.one(json.anyOf ?? [])?.type;
  switch (type) {
    case 'boolean':
      return draw.index(2) === 0;
    case 'integer':
      return (json.minimum ?? 0) + draw.index(5);
    case 'number':
      return draw.one([0, 0.25, 0.5, 1, 2]) ?? 0;
    case 'string':
      return draw.one(['', 'text', '**text**']) ?? '';
    case 'array':
      return draw.one([[], [4], [4, 4], [8, 8]]) ?? [];
    default:
      return null;
  }
}

/** One function for each thing that can be done to a document: what most edits of a user are. */
export const EDITS: Readonly<Record<string, MakeEdit>> = {
  parameter: onNode((node, draw) => {
    const shape = registry.get(node.kind)?.params.shape ?? {};
    const name = draw.one(Object.keys(shape));
    const schema = name === undefined ? undefined : (shape[name] as z.ZodType | undefined);
    if (name === undefined || schema === undefined) return null;
    return setParameter(node.id, name, parameterValue(schema, draw));
  }),
  label: onNode(({ id }, draw) => setLabel(id, draw.one(['', 'Other', 'F']) ?? '')),
  title: (_, draw) => setTitle(draw.one(['', 'Other']) ?? ''),
  description: (_, draw) => setDescription(draw.one(['', 'Other']) ?? ''),
  move: onNode(({ id }, draw) => moveNodes({ [id]: { x: draw.index(99), y: draw.index(99) } })),
  resize: onNode(({ id }, draw) => resizeItem(id, { width: 50 + draw.index(99), height: 50 })),
  bypass: onNode(({ id }) => toggleBypass([id])),
  group: onNode(({ id }, _, document) =>
    group(newGroup(document, 'G', { x: 0, y: 0 }, { width: 9, height: 9 }), [id]),
  ),
  ungroup: ({ groups }) => ungroup(groups.map(({ id }) => id)),
  note: (document, draw) =>
    addNode(newNode(document, 'note', 'Note', { x: 0, y: 0 }, { text: `${draw.index(3)}` })),
  add: (document, draw) => {
    const definition = draw.one(nodeDefinitions);
    if (definition === undefined) return null;
    return addNode(newNode(document, definition.kind, 'New', { x: 0, y: 0 }));
  },
  remove: onNode(({ id }) => removeSelection({ nodes: [id] })),
  duplicate: onNode(({ id }, _, document) => duplicate(document, [id])),
  disconnect: ({ edges }, draw) => disconnect([draw.one(edges)?.id ?? '']),
  connect: (document, draw) => {
    const ends = document.nodes.map(({ id, kind, params }) => {
      const definition = registry.get(kind);
      const parsed = definition?.params.safeParse(params);
      return { id, ports: parsed?.success ? definition?.ports(parsed.data) : undefined };
    });
    const source = draw.one(ends);
    const target = draw.one(ends);
    const from = draw.one(source?.ports?.outputs ?? []);
    const fitting = target?.ports?.inputs.filter(({ type }) => type === from?.type) ?? [];
    const to = draw.one(fitting);
    if (!source || !target || !from || !to) return null;
    const edge = newEdge(document, {
      source: source.id,
      sourcePort: from.name,
      target: target.id,
      targetPort: to.name,
    });
    return connect(edge, { replace: !to.variadic });
  },
  edgeOrder: ({ edges }, draw) => {
    const [i, j] = [draw.index(edges.length), draw.index(edges.length)];
    return recipe('Reorder edges', (draft) => swap(draft.edges, i, j));
  },
  nodeOrder: ({ nodes }, draw) => {
    const [i, j] = [draw.index(nodes.length), draw.index(nodes.length)];
    return recipe('Reorder nodes', (draft) => swap(draft.nodes, i, j));
  },
  learningRate: (_, draw) => setTraining({ learningRate: draw.one([0, 0.001, 0.5]) ?? 0 }),
  evaluateEvery: (_, draw) => setTraining({ evaluateEvery: 1 + draw.index(99) }),
  steps: (_, draw) => setTraining({ steps: 1 + draw.index(9) }),
  batchSize: (_, draw) => setTraining({ batchSize: 1 + draw.index(9) }),
  seed: (_, draw) => setTraining({ seed: draw.index(9) }),
  clipNorm: (_, draw) => setTraining({ clipNorm: draw.one([null, 0.5, 1]) ?? null }),
  optimizer: (_, draw) =>
    setTraining({
      optimizer:
        draw.one([
          ...Object.values(DEFAULT_OPTIMIZERS),
          { kind: 'sgd', momentum: 0 } as const,
          { ...DEFAULT_OPTIMIZERS.adamw, weightDecay: 0 },
        ]) ?? DEFAULT_OPTIMIZERS.sgd,
    }),
  schedule: ({ training }, draw) =>
    setTraining({
      schedule: {
        kind: draw.one(['constant', 'cosine'] as const) ?? 'constant',
        warmupSteps: draw.one([0, 2, training.steps + 5]) ?? 0,
        finalFraction: draw.one([0, 0.5, 1]) ?? 0,
      },
    }),
};

/** What to do, and the choices in doing it, to be read off whatever document it is done to. */
export interface RandomEdit {
  readonly kind: string;
  readonly choices: readonly number[];
}

export const editArbitrary: fc.Arbitrary<RandomEdit> = fc.record({
  // A node has many parameters, and they are where most can go wrong.
  kind: fc.oneof(
    { weight: 2, arbitrary: fc.constant('parameter') },
    { weight: 5, arbitrary: fc.constantFrom(...Object.keys(EDITS)) },
  ),
  choices: fc.array(fc.nat(9999), { minLength: 6, maxLength: 6 }),
});

/** Null where the document has nothing that it could be done to. */
export function makeEdit(document: BasinDocument, { kind, choices }: RandomEdit): Edit | null {
  let next = 0;
  const index = (length: number): number =>
    length === 0 ? 0 : (choices[next++ % choices.length] ?? 0) % length;
  return EDITS[kind]?.(document, { index, one: (list) => list[index(list.length)] }) ?? null;
}
