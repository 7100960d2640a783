import { z } from 'zod';
import { text } from '../../core/schemas';
import type { Table } from '../table';

const extent = z.number().int().min(1).max(1024);

/** What a document says of pictures that somebody brought: what their canonical table hashes to, and its shape. */
export const ownImagesSchema = z.object({
  hash: text({ min: 64, max: 64 }).regex(/^[0-9a-f]{64}$/, 'SHA-256 in hexadecimal'),
  name: text({ max: 200 }),
  rows: z
    .number()
    .int()
    .min(0)
    .max(2 ** 28),
  height: extent,
  width: extent,
  channels: z.union([z.literal(1), z.literal(3)]),
  classes: z.number().int().min(1).max(100_000).nullable(),
});

export type OwnImages = z.infer<typeof ownImagesSchema>;

/** What a document says of a table of pictures. */
export function describeImages(table: Table, hash: string, name: string): OwnImages | null {
  const [image, label] = table.columns;
  if (image?.kind !== 'pixels') return null;
  const [height = 1, width = 1, channels = 1] = image.shape;
  return {
    ...{ hash, name: name.slice(-200), rows: table.rows, height, width },
    channels: channels === 3 ? 3 : 1,
    classes: label?.kind === 'text' ? label.words.length : null,
  };
}
