import type { EngineName } from './engines/contract';
import type { Row } from './row';

export interface Ratio {
  readonly workload: string;
  readonly engine: EngineName;
  readonly peer: EngineName;
  /** Time of the peer's step over that of the engine's: over 1 means that the engine is quicker. */
  readonly value: number;
  /** What issue 3 asks for; null where it asks for nothing. */
  readonly wanted: number | null;
}

interface Comparison {
  readonly engine: EngineName;
  readonly peer: EngineName;
  readonly wanted: Readonly<Record<string, number>>;
}

export const COMPARISONS: readonly Comparison[] = [
  {
    engine: 'basin-webgpu',
    peer: 'tfjs-webgpu',
    wanted: { a: 15, 'b-small': 15, 'b-middle': 8, 'b-large': 8, c: 8, d: 8 },
  },
  {
    engine: 'basin-webgpu',
    peer: 'jax-webgpu',
    wanted: { a: 3, 'b-small': 5, 'b-middle': 2, 'b-large': 1.5, c: 1.5, d: 1.5 },
  },
  { engine: 'basin-tfjs-wasm', peer: 'tfjs-wasm', wanted: { 'b-small': 1, 'b-large': 5 } },
  { engine: 'basin-tfjs-wasm', peer: 'jax-wasm', wanted: {} },
];

/** Which time of a row is compared: the median of the rounds, or the quickest one. */
export type TimeOf = 'msPerStep' | 'msPerStepBest';

/** The comparisons of which the rows have both sides, by workload in the order of the rows. */
export function ratios(rows: readonly Row[], timeOf: TimeOf = 'msPerStep'): Ratio[] {
  const names = [...new Set(rows.map(({ workload }) => workload))];
  return names.flatMap((workload) =>
    COMPARISONS.flatMap(({ engine, peer, wanted }) => {
      const time = (name: EngineName): number | null =>
        rows.find((row) => row.workload === workload && row.engine === name)?.[timeOf] ?? null;
      const own = time(engine);
      const other = time(peer);
      if (own === null || other === null) return [];
      return [{ workload, engine, peer, value: other / own, wanted: wanted[workload] ?? null }];
    }),
  );
}
