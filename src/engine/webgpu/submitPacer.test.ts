import { expect, test } from 'vitest';
import { SubmitPacer } from './submitPacer';

/** Runs the pacer on a GPU that takes `milliseconds` a step, and returns the sizes of its submits. */
function submits(milliseconds: number, count: number, pacer = new SubmitPacer()): number[] {
  return Array.from({ length: count }, () => {
    const { steps } = pacer;
    pacer.record(steps, steps * milliseconds);
    return steps;
  });
}

test('submits grow until they take about 8 ms', () => {
  expect(submits(0.5, 8)).toEqual([1, 2, 4, 8, 16, 16, 16, 16]);
  expect(submits(3, 4)).toEqual([1, 2, 2, 2]);
});

test('a step that takes long is submitted alone', () => {
  expect(submits(40, 3)).toEqual([1, 1, 1]);
});

test('a slow submit shrinks the next at once', () => {
  const pacer = new SubmitPacer();
  submits(0.1, 10, pacer);
  expect(pacer.steps).toBeGreaterThan(60);
  pacer.record(pacer.steps, pacer.steps * 2);
  expect(pacer.steps).toBe(4);
});

test('the short last submit of a run does not shrink the next run', () => {
  const pacer = new SubmitPacer();
  submits(0.5, 8, pacer);
  pacer.record(3, 1.5);
  expect(pacer.steps).toBe(16);
});
