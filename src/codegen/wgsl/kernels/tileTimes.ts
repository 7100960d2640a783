/** How long a thread takes for a step along the inner extent with a tile of this size, all threads of a machine busy. */
export interface TileTime {
  /** Threads that share the rows (see `ThreadTile`). */
  readonly lanes: 1 | 4;
  readonly rows: number;
  readonly columns: number;
  /** Nanoseconds; only their relations matter. */
  readonly time: number;
}

/**
 * What `npm run tune` measured, and writes: the tiles that threads working alone may use, with the times by which
 * one is chosen. On another machine the choice may not be the best one, but it is a sane one.
 */
export const TILE_TIMES: readonly TileTime[] = [
  // Measured: 2026-11-24 · AMD EPYC, 2 cores, 24 GB · Linux 6.18.44 · Chromium 156.0.8078.79 · WebGPU adapter: google swiftshader · load 2.1
  { lanes: 1, rows: 8, columns: 8, time: 25.2 },
  { lanes: 1, rows: 8, columns: 16, time: 46.1 },
  { lanes: 1, rows: 16, columns: 4, time: 23.6 },
  { lanes: 1, rows: 8, columns: 4, time: 12.3 },
  { lanes: 1, rows: 4, columns: 8, time: 12.0 },
  { lanes: 1, rows: 4, columns: 4, time: 7.7 },
  { lanes: 4, rows: 16, columns: 8, time: 25.1 },
  { lanes: 4, rows: 20, columns: 8, time: 30.2 },
  { lanes: 4, rows: 8, columns: 8, time: 14.9 },
  { lanes: 4, rows: 16, columns: 4, time: 14.9 },
  { lanes: 4, rows: 8, columns: 4, time: 9.3 },
  { lanes: 4, rows: 4, columns: 4, time: 6.4 },
];
