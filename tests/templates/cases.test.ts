import { describe, expect, it } from 'vitest';
import { sketchDocument } from '../../src/compiler/testing/testGraphs';
import { caseDocument } from './cases';
import { probeTemplate, trainDocument } from './trainTemplate';

async function report(name: string, steps?: number) {
  return (await probeTemplate(await trainDocument(await caseDocument(name), steps))).report;
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

describe('autoencoders', () => {
  const verdict = async (width: number) => {
    const document = sketchDocument({
      nodes: {
        digits: 'data.digits',
        encoder: ['module.mlp', { role: 'encoder', widths: [128], width }],
        decoder: ['module.mlp', { role: 'decoder', widths: [128], outputShape: [8, 8, 1] }],
        energy: 'energy.squared',
      },
      edges: [
        'digits.x -> encoder.in',
        'encoder.out -> decoder.in',
        'decoder.out -> energy.a',
        'digits.x -> energy.b',
      ],
      training: { learningRate: 0.002, batchSize: 128 },
    });
    return (await probeTemplate(await trainDocument(document, 500))).report.energies.energy;
  };

  it('with a code as wide as the digit is flat: blends of digits fit it as well as digits', async () => {
    const found = await verdict(64);
    expect(found?.verdict).toBe('flat energy');
    expect(found?.reason).toContain('blends');
  });

  it('with a narrow code is not', async () => {
    expect((await verdict(8))?.verdict).toBe('healthy');
  });
});
