import { z } from 'zod';
import { ownTableSchema } from '../../../src/tables/ownTable';
import { choiceParameter } from '../../shared/parameters';
import { heldOutParameter } from '../../shared/ownData';

export const tableParameters = z.object({
  own: ownTableSchema.nullable().default(null).meta({
    label: 'File',
    description: 'Name and hash of the file, how it is read, and which of its columns are what.',
  }),
  standardise: z.boolean().default(true).meta({
    label: 'Standardise',
    description:
      'Each number less its mean, divided by its standard deviation over the training rows.',
    control: 'switch',
  }),
  missing: choiceParameter(['drop', 'mean'], 'drop', {
    label: 'Missing cells',
    description: 'Leave their row out, or take the mean of the training rows for a number.',
  }),
  heldOut: heldOutParameter(),
});

export type TableParams = z.infer<typeof tableParameters>;
