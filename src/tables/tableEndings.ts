/** Usual endings of the files that are read as tables. */
export const TABLE_ENDINGS: readonly string[] = [
  ...['csv', 'tsv', 'tab'],
  ...['npy', 'npz'],
  ...['jsonl', 'ndjson'],
];
