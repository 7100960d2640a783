import { describe, expect, it } from 'vitest';
import { caseDocument } from './cases';
import { reportOf, trainDocument } from './trainTemplate';

async function report(name: string, steps?: number) {
  return reportOf(await trainDocument(await caseDocument(name), steps));
}

// Lint says of each before training what training shows here (see `lintTable.test.ts`).
describe('documents that went wrong', () => {
  it('VICReg on encoders leaves the compared expanders to collapse', async () => {
    const { reps, verdict } = await report('vicreg-on-encoders', 300);
    expect(verdict).toBe('complete collapse');
    expect(reps['encoderA.out']?.meanStd).toBeGreaterThan(0.5);
    expect(reps['expanderA.out']?.meanStd).toBeLessThan(0.05);
  });

  it('JEPA with VICReg on x only collapses at y', async () => {
    const { reps, verdict } = await report('jepa-x-only', 300);
    expect(verdict).toBe('complete collapse');
    expect(reps['encoderX.out']?.meanStd).toBeGreaterThan(0.5);
    expect(reps['encoderY.out']?.meanStd).toBeLessThan(0.05);
  });

  it('level 2 of a hierarchy collapses without its own VICReg', async () => {
    const { reps, verdict } = await report('h-jepa-without-vicreg2');
    expect(verdict).toBe('complete collapse');
    expect(reps['encoder1.out']?.verdict).toBe('healthy');
    expect(reps['encoder2.out']?.verdict).toBe('complete collapse');
  });

  it('level 1 does not: VICReg of level 2 reads what is computed from it', async () => {
    const { reps } = await report('h-jepa-without-vicreg1', 400);
    for (const level of ['1', '2']) {
      expect(reps[`encoder${level}.out`]?.verdict).toBe('healthy');
    }
  });
});
