import { z } from 'zod';
import { list } from '../../../src/core/schemas';
import { activationParameter, widthSchema } from '../../shared/modules';
import { NORMALISATIONS } from '../../shared/normalisation';
import { choiceParameter } from '../../shared/parameters';

const ofMlp = { cell: ['mlp'] };

export const rolloutParameters = z.object({
  running: choiceParameter(['free', 'forced'], 'free', {
    label: 'Running',
    description:
      'Free: each step goes on from the state that it predicted before. Forced, by a teacher: each step gets the true state.',
  }),
  horizon: z
    .number()
    .int()
    .min(0)
    .max(200)
    .default(0)
    .meta({
      label: 'Horizon',
      description:
        'Steps that are predicted. 0 for as many as follow the first state, or for one an action where there is one state only.',
      range: [0, 20],
      control: 'number',
    }),
  cell: choiceParameter(['mlp', 'gru'], 'mlp', {
    label: 'Predictor',
    description:
      'An MLP of state and actions, or a GRU whose state is the state and which reads the actions.',
  }),
  residual: z.boolean().default(false).meta({
    label: 'Residual',
    description: 'The MLP predicts how the state changes, not the state.',
    control: 'switch',
    when: ofMlp,
  }),
  widths: list(widthSchema, { max: 16 }).nullable().default(null).meta({
    label: 'Hidden widths',
    description: 'Widths of the hidden layers. Empty takes those of a predictor.',
    control: 'widths',
    when: ofMlp,
  }),
  activation: activationParameter('relu', {
    label: 'Activation',
    description: 'After each hidden layer of the MLP.',
    when: ofMlp,
  }),
  normalisation: choiceParameter(NORMALISATIONS, 'none', {
    label: 'Normalisation',
    description:
      'Between each hidden layer of the MLP and its activation: over the batch or the features.',
    when: ofMlp,
  }),
});

export type RolloutParams = z.infer<typeof rolloutParameters>;
