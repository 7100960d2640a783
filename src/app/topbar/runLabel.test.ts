import { describe, expect, it } from 'vitest';
import { runLabel } from './runLabel';

describe('runLabel', () => {
  it('says what a press does', () => {
    expect(runLabel('idle', 40, false).label).toBe('Run');
    expect(runLabel('paused', 0, false).label).toBe('Run');
    expect(runLabel('paused', 40, false)).toEqual({ label: 'Run on', tip: 'Run on from step 40' });
    expect(runLabel('running', 40, false).label).toBe('Pause');
    expect(runLabel('failed', 40, false).label).toBe('Try again');
  });

  it('says that a changed graph goes on with its weights', () => {
    expect(runLabel('paused', 40, true, true)).toEqual({
      label: 'Run on',
      tip: 'Run the changed graph on from step 40, with the weights that still fit',
    });
  });

  it('never hides that a changed graph starts anew', () => {
    for (const state of ['paused', 'done', 'failed'] as const) {
      expect(runLabel(state, 40, true)).toEqual({
        label: 'Run anew',
        tip: 'Run the changed graph from step 0',
      });
    }
  });
});
