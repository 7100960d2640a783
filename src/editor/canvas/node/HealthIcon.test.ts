import { describe, expect, it } from 'vitest';
import type { NodeHealth } from '../../store/overlayStore';
import type { Remark } from '../../model/nodeView';
import { worst } from './HealthIcon';

const warning: Remark[] = [{ severity: 'warning', message: '“Encoder” can collapse.' }];
const health = (tone: NodeHealth['tone'], label: string): NodeHealth => ({
  tone,
  label,
  reason: 'Std 1.',
});

describe('what a node’s icon says', () => {
  it('is never that it can collapse and is healthy in one breath', () => {
    expect(worst(warning, health('good', 'healthy'))).toEqual({
      tone: 'warn',
      text: '“Encoder” can collapse.',
      error: false,
    });
    expect(worst(warning, health('neutral', 'stale'))?.text).toBe('“Encoder” can collapse.');
  });

  it('is what the run found, and green only for that', () => {
    expect(worst([], health('good', 'healthy'))).toMatchObject({
      tone: 'good',
      text: 'Healthy: Std 1.',
    });
    expect(worst([], health('neutral', 'stale'))).toMatchObject({ tone: 'neutral' });
    expect(worst([], undefined)).toBeNull();
  });

  it('is the collapse before the warning that it may come', () => {
    expect(worst(warning, health('bad', 'complete collapse'))).toEqual({
      tone: 'bad',
      text: 'Complete collapse: Std 1.\n“Encoder” can collapse.',
      error: false,
    });
  });
});
