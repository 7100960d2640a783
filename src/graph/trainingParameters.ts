import { z } from 'zod';

/** The factor of weights that are trained at the learning rate itself. */
export const NEUTRAL_RATE = 1;

/**
 * What every kind with weights has beside its own parameters: how fast its weights are trained, and in which steps
 * (docs/semantics.md §6). `defineNode` adds them.
 */
export const TRAINING_PARAMETERS = {
  rate: z
    .number()
    .min(0)
    .max(10)
    .default(NEUTRAL_RATE)
    .meta({
      label: 'Rate factor',
      description: 'Factor of the learning rate for these weights.',
      live: true,
      neutral: NEUTRAL_RATE,
      range: [0, 2],
      control: 'slider',
      heading: 'Training',
    }),
  trainFrom: z.number().int().min(0).max(1e8).default(0).meta({
    label: 'Trained from',
    description: 'The first step that moves these weights: before it they are frozen.',
    control: 'number',
    heading: 'Training',
  }),
  trainUntil: z.number().int().min(0).max(1e8).nullable().default(null).meta({
    label: 'Frozen from',
    description:
      'The first step that does not move these weights any more. Empty trains to the end.',
    empty: 'never',
    control: 'number',
    heading: 'Training',
  }),
};

const schema = z.object(TRAINING_PARAMETERS);

/** How the weights of a node are trained. */
export type ModuleTraining = z.infer<typeof schema>;

/** Of a node with weights, whose parameters its schema has accepted. */
export function moduleTraining(params: Readonly<Record<string, unknown>>): ModuleTraining {
  return schema.parse(params);
}

/** Whether the weights move in no step at all, as the document says it. */
export function isNeverTrained({ rate, trainFrom, trainUntil }: ModuleTraining): boolean {
  return rate === 0 || (trainUntil !== null && trainUntil <= trainFrom);
}
