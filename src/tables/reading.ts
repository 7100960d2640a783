import type { Dialect } from './dialect';

export const TABLE_FORMATS = ['delimited', 'json-lines', 'npy', 'npz'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** How a file is read; the dialect is for tables of text. */
export interface Reading {
  readonly format: TableFormat;
  readonly dialect: Dialect | null;
}
