import type { Page } from '@playwright/test';
import type { EngineName } from './engines/contract';
import type { Measured } from './page/engine.worker';
import type { Row } from './row';
import { median } from './statistics';
import type { Workload } from './workloads/workload';

export interface Timing {
  /** Seconds of timed steps that each engine gets on a workload. */
  readonly seconds: number;
  /** Steps of a timed chunk; chosen from the speed when null. */
  readonly steps: number | null;
}

const ROUNDS = 9;
/** An engine that has been timed for so long, in milliseconds, and for this many rounds takes no further ones. */
const LONG_ENOUGH = 8000;
const FEWEST_ROUNDS = 3;
const MOST_STEPS = 4000;

interface Contestant {
  readonly engine: EngineName;
  readonly row: Row;
  readonly steps: number;
  readonly chunks: Measured[];
}

/**
 * Runs a workload on some engines that the page has open. All take the checked steps first, which also warm them up;
 * then they take turns with chunks of steps, so that whatever disturbs the machine disturbs all.
 */
export async function measureWorkload(
  page: Page,
  workload: Workload,
  engines: ReadonlyMap<EngineName, string>,
  timing: Timing,
): Promise<Row[]> {
  const contestants: Contestant[] = [];
  const rows = new Map<EngineName, Row>();
  for (const [engine, backend] of engines) {
    const started = await prepare(page, workload, engine, backend, timing);
    rows.set(engine, started.row);
    if (started.row.unsupported === undefined) contestants.push(started);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const { engine, steps, chunks } of contestants) {
      const timed = chunks.reduce((sum, { ms }) => sum + ms, 0);
      if (round >= FEWEST_ROUNDS && timed > LONG_ENOUGH) continue;
      const chunk = await page.evaluate(([e, n]) => basinBench.measure(e, n), [
        engine,
        steps,
      ] as const);
      chunks.push(chunk);
    }
  }
  for (const { engine, row, steps, chunks } of contestants) {
    const times = chunks.map(({ ms }) => ms);
    const jsTimes = chunks.flatMap(({ jsMs }) => jsMs ?? []);
    rows.set(engine, {
      ...row,
      msPerStep: median(times) / steps,
      msPerStepBest: Math.min(...times) / steps,
      jsMsPerStep: jsTimes.length === 0 ? null : median(jsTimes) / steps,
    });
    const loss = await page.evaluate((e) => basinBench.loss(e), engine);
    if (!Number.isFinite(loss))
      throw new Error(`${engine} ended ${workload.name} with loss ${loss}`);
    await page.evaluate((e) => basinBench.stop(e), engine);
  }
  return [...rows.values()];
}

async function prepare(
  page: Page,
  workload: Workload,
  engine: EngineName,
  backend: string,
  timing: Timing,
): Promise<Contestant> {
  const base = { workload: workload.name, engine, backend };
  const started = await page.evaluate(([e, w]) => basinBench.start(e, w), [
    engine,
    workload,
  ] as const);
  if ('unsupported' in started) {
    const row: Row = { ...base, ...NOTHING, unsupported: started.unsupported };
    return { engine, row, steps: 0, chunks: [] };
  }
  const chunkMs = (timing.seconds * 1000) / ROUNDS;
  const fitting = Math.min(MOST_STEPS, Math.max(1, Math.round(chunkMs / started.msPerStep)));
  const steps = timing.steps ?? fitting;
  const counted = await page.evaluate(([e, n]) => basinBench.count(e, n), [engine, steps] as const);
  const onGpu = counted.submitsPerStep > 0;
  const row: Row = {
    ...base,
    msPerStep: started.msPerStep,
    msPerStepBest: started.msPerStep,
    compileMs: started.compileMs,
    jsMsPerStep: null,
    dispatchesPerStep: onGpu ? counted.dispatchesPerStep : null,
    submitsPerStep: onGpu ? counted.submitsPerStep : null,
    bytesPerStep: started.bytesPerStep,
    lossFirst: started.firstLoss,
    lossAfter: started.loss,
  };
  return { engine, row, steps, chunks: [] };
}

const NOTHING = {
  msPerStep: null,
  msPerStepBest: null,
  compileMs: null,
  jsMsPerStep: null,
  dispatchesPerStep: null,
  submitsPerStep: null,
  bytesPerStep: null,
  lossFirst: null,
  lossAfter: null,
} as const;
