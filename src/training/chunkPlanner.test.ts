import { describe, expect, it } from 'vitest';
import { ChunkPlanner, DRAIN_INTERVAL_MS } from './chunkPlanner';
import { StepRate } from './stepRate';

const FREE = { ringSpace: Infinity, untilStop: Infinity };

/** Chunks of an engine with `overhead` ms a call and `perStep` ms a step. */
function settle(planner: ChunkPlanner, overhead: number, perStep: number): number {
  let steps = 0;
  for (let i = 0; i < 30; i++) {
    steps = planner.next(FREE);
    planner.record(steps, overhead + perStep * steps);
  }
  return steps;
}

describe('ChunkPlanner', () => {
  it('starts with one step and grows to what fits into an interval', () => {
    const planner = new ChunkPlanner();
    expect(planner.next(FREE)).toBe(1);
    const steps = settle(planner, 0, 0.1);
    expect(steps).toBe(Math.floor(DRAIN_INTERVAL_MS / 0.1));
  });

  it('takes single steps when a step is slower than an interval, and adapts', () => {
    const planner = new ChunkPlanner();
    expect(settle(planner, 0, 500)).toBe(1);
    expect(settle(planner, 3, 1)).toBeGreaterThan(25);
    expect(settle(planner, 0, 500)).toBe(1);
  });

  it('keeps within ring and stop, and does not take a short chunk for a slow engine', () => {
    const planner = new ChunkPlanner();
    const steps = settle(planner, 3, 0.1);
    expect(planner.next({ ringSpace: 5, untilStop: 9 })).toBe(5);
    expect(planner.next({ ringSpace: 50, untilStop: 1 })).toBe(1);
    planner.record(1, 3.1);
    expect(planner.next(FREE)).toBe(steps);
  });
});

describe('StepRate', () => {
  it('is steps per second over the window only', () => {
    const rate = new StepRate(1000);
    rate.restart(0, 100);
    expect(rate.stepsPerSecond).toBe(0);
    rate.record(500, 150);
    expect(rate.stepsPerSecond).toBe(100);
    for (let time = 600; time <= 5000; time += 100) rate.record(time, 150 + (time - 500));
    expect(rate.stepsPerSecond).toBeCloseTo(1000);
    rate.restart(9000, 0);
    rate.record(9100, 1);
    expect(rate.stepsPerSecond).toBeCloseTo(10);
  });
});
