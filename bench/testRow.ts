import type { EngineName } from './engines/contract';
import type { Row } from './row';

/** A row for tests: unsupported when it takes no time. */
export function testRow(
  workload: string,
  engine: EngineName,
  msPerStep: number | null,
  loss = 1,
): Row {
  return {
    workload,
    engine,
    backend: 'test',
    msPerStep,
    msPerStepBest: msPerStep,
    compileMs: 12.34,
    jsMsPerStep: null,
    dispatchesPerStep: 20,
    submitsPerStep: 0.125,
    bytesPerStep: 2_500_000,
    lossFirst: msPerStep === null ? null : 2,
    lossAfter: msPerStep === null ? null : loss,
    ...(msPerStep === null ? { unsupported: 'no such kernel' } : {}),
  };
}
