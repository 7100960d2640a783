/** Usual endings of the files that are read as tables. */
export const TABLE_ENDINGS: readonly string[] = [
  ...['csv', 'tsv', 'tab'],
  ...['npy', 'npz'],
  ...['jsonl', 'ndjson'],
];

/** Usual endings of pictures that are read. */
export const IMAGE_ENDINGS: readonly string[] = [
  ...['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'avif'],
];
