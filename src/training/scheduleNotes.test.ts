import { describe, expect, it } from 'vitest';
import { scheduleFactor } from '../compiler/optimizer/schedule';
import { DEFAULT_TRAINING, type TrainingSettings } from '../document/schema';
import { pastSchedule, scheduleStand } from './scheduleNotes';

function training(schedule: Partial<TrainingSettings['schedule']>): TrainingSettings {
  return {
    ...DEFAULT_TRAINING,
    steps: 100,
    learningRate: 0.01,
    schedule: { kind: 'cosine', warmupSteps: 0, finalFraction: 0, ...schedule },
  };
}

describe('a run that goes on beyond its schedule', () => {
  it.each([
    [{ from: 0, to: 100 }, {}, null],
    [{ from: 100, to: 5000 }, { kind: 'constant' } as const, null],
    [
      { from: 100, to: 150 },
      {},
      /ends at step 100: from step 100 to 150 the rate stays at 0, and no weight moves/,
    ],
    [{ from: 40, to: 140 }, {}, /from step 100 to 140 the rate stays at 0,/],
    [{ from: 100, to: 150 }, { finalFraction: 0.5 }, /the rate stays at 0\.005\.$/],
  ])('%j is told what happens', (stretch, schedule, words) => {
    const past = pastSchedule(training(schedule), stretch);
    if (words === null) expect(past).toBeNull();
    else
      expect(past).toMatchObject({
        severity: 'warning',
        message: expect.stringMatching(words) as string,
      });
  });

  it.each([
    [50, {}, 'The schedule stands at step 50 of 100, at a rate of 0.005.'],
    [100, {}, 'The schedule stands at step 100 of 100, at a rate of 0.'],
    [
      4,
      { kind: 'constant', warmupSteps: 10 } as const,
      'The schedule stands at step 4 of 10, at a rate of 0.005.',
    ],
    [10, { kind: 'constant', warmupSteps: 10 } as const, null],
  ])('at step %i is told where it stands', (from, schedule, words) => {
    expect(scheduleStand(training(schedule), { from, to: 200 })).toBe(words);
  });
});

it('has the factors of CosineAnnealingLR', () => {
  // torch.optim.lr_scheduler.CosineAnnealingLR(T_max=10, eta_min=0.1) at a base rate of 1, by hand.
  const schedule = { kind: 'cosine', warmupSteps: 5, totalSteps: 15, finalFraction: 0.1 } as const;
  const factors = [0, 4, 5, 10, 15, 99].map((step) => scheduleFactor(schedule, step));
  for (const [index, factor] of [0.2, 1, 1, 0.55, 0.1, 0.1].entries()) {
    expect(factors[index]).toBeCloseTo(factor, 12);
  }
});
