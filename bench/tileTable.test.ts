import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withTimes } from './tileTable';

it('puts times into the table of the compiler, and leaves the rest of the file', () => {
  const file = new URL('../src/codegen/wgsl/kernels/tileTimes.ts', import.meta.url);
  const source = readFileSync(file, 'utf8');
  const made = withTimes(source, [{ lanes: 4, rows: 16, columns: 8, time: 12.345 }], 'a machine');
  const [head] = source.split('export const TILE_TIMES');
  expect(made).toBe(
    `${head ?? ''}export const TILE_TIMES: readonly TileTime[] = [
  // Measured: a machine
  { lanes: 4, rows: 16, columns: 8, time: 12.3 },
];
`,
  );
});

it('refuses a file without the table', () => {
  expect(() => withTimes('const x = 1;', [], 'a machine')).toThrow('no table');
});
