import type { TileTime } from '../src/codegen/wgsl/kernels/tileTimes';

const TABLE = /(export const TILE_TIMES[^[]*\[\]? ?= ?\[\n)[\s\S]*?(\n\];)/;

/** The source of the table with new times; what was not measured is left out. Throws when there is no table in it. */
export function withTimes(source: string, times: readonly TileTime[], machine: string): string {
  if (!TABLE.test(source)) throw new Error('The file has no table of tiles.');
  const lines = times.map(
    ({ lanes, rows, columns, time }) =>
      `  { lanes: ${lanes}, rows: ${rows}, columns: ${columns}, time: ${time.toFixed(1)} },`,
  );
  const head = `  // Measured: ${machine}`;
  return source.replace(TABLE, (_, start: string, end: string) => start + [head, ...lines].join('\n') + end); // prettier-ignore
}
