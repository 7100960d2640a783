import { z } from 'zod';
import { list, text } from '../core/schemas';

/** The version that this build writes. Older ones are migrated, newer ones refused. */
export const DOCUMENT_VERSION = 1;

/** Caps that keep a hostile or broken document from harming the page. */
export const DOCUMENT_LIMITS = {
  nodes: 2000,
  edges: 8000,
  groups: 500,
  text: 20_000,
  label: 200,
  /** Characters of JSON text that are parsed at all. */
  characters: 16 * 2 ** 20,
  /** Places on the way of one edge. */
  bends: 32,
  /** Levels of lists and objects inside one parameter. */
  parameterDepth: 16,
} as const;

/** Ids are short, printable and safe in file names, CLI arguments and metric names. */
export const idSchema = text({ min: 1, max: 64 }).regex(
  /^[A-Za-z][A-Za-z0-9_-]*$/,
  'an id starts with a letter and has letters, digits, _ and - only',
);

/** Coordinates are within ± this. */
export const CANVAS_LIMIT = 1e6;
const coordinate = z.number().min(-CANVAS_LIMIT).max(CANVAS_LIMIT);
export const positionSchema = z.object({ x: coordinate, y: coordinate });
export const sizeSchema = z.object({
  width: z.number().min(1).max(1e5),
  height: z.number().min(1).max(1e5),
});

export const nodeSchema = z.object({
  id: idSchema,
  /** A kind of the node catalogue, e.g. `module.mlp`. */
  kind: text({ min: 1, max: 100 }),
  /** The user's name for the node, used in formulas and messages. */
  label: text({ max: DOCUMENT_LIMITS.label }),
  /** Absolute canvas position of the top left corner. */
  position: positionSchema,
  /** Only for nodes that the user can resize. */
  size: sizeSchema.optional(),
  /** Checked against the kind's own schema; what is left out takes the kind's default. */
  params: z.record(text({ max: 64 }), z.json()),
  /** An ablation: terms are left out, other nodes pass their input on. */
  bypassed: z.literal(true).optional(),
  group: idSchema.optional(),
});

export const edgeSchema = z.object({
  id: idSchema,
  source: idSchema,
  sourcePort: text({ min: 1, max: 64 }),
  target: idSchema,
  targetPort: text({ min: 1, max: 64 }),
  /** Places that it is drawn through, from source to target. A matter of the canvas: the graph is the same. */
  bends: list(positionSchema, { max: DOCUMENT_LIMITS.bends }).optional(),
});

/** Tints of group frames. They say nothing; what means something has colours of its own. */
export const GROUP_COLORS = ['blue', 'teal', 'amber', 'rose', 'violet'] as const;

export const groupSchema = z.object({
  id: idSchema,
  label: text({ max: DOCUMENT_LIMITS.label }),
  /** Of the frame, and of the box while the group is collapsed. */
  position: positionSchema,
  /** Of the frame. */
  size: sizeSchema,
  /** Drawn as one box in place of its nodes. A matter of the canvas: the graph is the same. */
  collapsed: z.literal(true).optional(),
  color: z.enum(GROUP_COLORS).optional(),
  /** The group that this one is in. No group is within itself. */
  group: idSchema.optional(),
});

// The labels, ranges and units are what the inspector shows: a setting is a line here, and one in its defaults below.

const momentum = z.number().min(0).lt(1).meta({ label: 'Momentum' });
const beta1 = z.number().min(0).lt(1).meta({ label: 'β₁' });
const beta2 = z.number().min(0).lt(1).meta({ label: 'β₂' });
const epsilon = z.number().positive().max(1).meta({ label: 'ε' });
const weightDecay = z.number().min(0).max(10).meta({ label: 'Weight decay' });

export const optimizerSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('sgd'), momentum }).meta({ label: 'SGD' }),
    z.object({ kind: z.literal('adam'), beta1, beta2, epsilon }).meta({ label: 'Adam' }),
    z
      .object({ kind: z.literal('adamw'), beta1, beta2, epsilon, weightDecay })
      .meta({ label: 'AdamW' }),
  ])
  .meta({ label: 'Optimizer' });

export const scheduleSchema = z.object({
  kind: z.enum(['constant', 'cosine']).meta({ label: 'Schedule' }),
  warmupSteps: z.number().int().min(0).max(1e7).meta({
    label: 'Warm-up',
    description: 'Steps in which the rate rises from 0 in a line.',
    unit: 'steps',
  }),
  finalFraction: z
    .number()
    .min(0)
    .max(1)
    .meta({
      label: 'Final fraction',
      description: 'What is left of the rate at the end.',
      when: { kind: ['cosine'] },
    }),
});

export const trainingSchema = z.object({
  learningRate: z
    .number()
    .min(0)
    .max(1e3)
    .meta({ label: 'Learning rate', live: true, range: [1e-5, 1], scale: 'log' }),
  steps: z.number().int().min(1).max(1e8).meta({
    label: 'Steps',
    description: 'Steps of one run. Schedules end there.',
  }),
  batchSize: z.number().int().min(1).max(65_536).meta({
    label: 'Batch size',
    description: 'Rows of the data in one step.',
  }),
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).meta({
    label: 'Seed',
    description: 'The same document, seed and data give the same run.',
  }),
  optimizer: optimizerSchema,
  schedule: scheduleSchema,
  clipNorm: z.number().positive().max(1e9).nullable().meta({
    label: 'Clip gradient',
    description: 'Largest global norm of the gradient. Empty leaves it as it is.',
    empty: 'off',
  }),
  evaluateEvery: z.number().int().min(1).max(1e7).meta({
    label: 'Evaluate every',
    description: 'Steps from one evaluation on held-out data to the next.',
    unit: 'steps',
  }),
});

/** What the author of a shared experiment saw, for *Reproduce* to compare with. */
export const claimsSchema = z.object({
  step: z.number().int().min(0),
  loss: z.number(),
  verdict: text({ max: 100 }).optional(),
  engine: text({ max: 100 }).optional(),
});

/** The folder of a template. One that this build does not ship is kept and has no guide. */
export const templateSchema = text({ min: 1, max: 100 }).regex(
  /^[a-z0-9]+(-[a-z0-9]+)*$/,
  'a template is named by lower-case words with - between them',
);

export const documentSchema = z.object({
  format: z.literal('basin'),
  version: z.literal(DOCUMENT_VERSION),
  title: text({ max: DOCUMENT_LIMITS.label }),
  description: text({ max: DOCUMENT_LIMITS.text }),
  nodes: list(nodeSchema, { max: DOCUMENT_LIMITS.nodes }),
  edges: list(edgeSchema, { max: DOCUMENT_LIMITS.edges }),
  groups: list(groupSchema, { max: DOCUMENT_LIMITS.groups }),
  training: trainingSchema,
  claims: claimsSchema.optional(),
  /** The template that it began as: its guide goes with the document. */
  template: templateSchema.optional(),
});

export type Position = z.infer<typeof positionSchema>;
export type Size = z.infer<typeof sizeSchema>;
export type OptimizerSettings = z.infer<typeof optimizerSchema>;
export type BasinDocument = z.infer<typeof documentSchema>;
export type DocumentNode = z.infer<typeof nodeSchema>;
export type DocumentEdge = z.infer<typeof edgeSchema>;
export type DocumentGroup = z.infer<typeof groupSchema>;
export type GroupColor = (typeof GROUP_COLORS)[number];
export type TrainingSettings = z.infer<typeof trainingSchema>;
export type ClaimedResults = z.infer<typeof claimsSchema>;
export type ParameterValue = DocumentNode['params'][string];

/** What an optimizer starts with when the user picks it: the usual defaults of its paper or of PyTorch. */
export const DEFAULT_OPTIMIZERS = {
  sgd: { kind: 'sgd', momentum: 0.9 },
  adam: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  adamw: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
} as const satisfies { [K in OptimizerSettings['kind']]: Extract<OptimizerSettings, { kind: K }> };

export const DEFAULT_TRAINING: TrainingSettings = {
  seed: 1,
  batchSize: 128,
  steps: 1000,
  learningRate: 1e-3,
  optimizer: DEFAULT_OPTIMIZERS.adam,
  schedule: { kind: 'constant', warmupSteps: 0, finalFraction: 0 },
  clipNorm: null,
  evaluateEvery: 50,
};

export function emptyDocument(title = 'Untitled'): BasinDocument {
  return {
    format: 'basin',
    version: DOCUMENT_VERSION,
    title,
    description: '',
    nodes: [],
    edges: [],
    groups: [],
    training: DEFAULT_TRAINING,
  };
}
