import { describe, expect, it } from 'vitest';
import { unkeptPreferences } from '../embed/unkept';
import { createAttempts } from './attempts';

describe('attempts', () => {
  it('blame what was being opened when the page hung or was killed, once', () => {
    const tab = unkeptPreferences();
    const killed = createAttempts(tab);
    killed.begin('one');
    killed.begin('two');
    killed.end('two');
    const next = createAttempts(tab);
    expect(next.tookDown('two')).toBe(false);
    expect(next.tookDown('one')).toBe(true);
    expect(next.tookDown('one')).toBe(false);
    expect(createAttempts(tab).tookDown('one')).toBe(false);
  });

  it('do not blame what a page was opening that was left in good order', () => {
    const tab = unkeptPreferences();
    const left = createAttempts(tab);
    left.begin('one');
    left.leave();
    expect(createAttempts(tab).tookDown('one')).toBe(false);
  });

  it('blame what could not be drawn, though the page is left in good order afterwards', () => {
    const tab = unkeptPreferences();
    const broken = createAttempts(tab);
    broken.begin('drawn');
    broken.begin('one');
    broken.end('drawn');
    broken.blame();
    // It comes too late.
    broken.end('one');
    broken.leave();
    const next = createAttempts(tab);
    expect(next.tookDown('one')).toBe(true);
    expect(next.tookDown('drawn')).toBe(false);
  });

  it('blame what was begun last', () => {
    for (const how of ['hangs', 'breaks']) {
      const tab = unkeptPreferences();
      const broken = createAttempts(tab);
      broken.begin('document');
      broken.begin('link');
      if (how === 'breaks') broken.blame();
      const next = createAttempts(tab);
      expect(next.tookDown('document')).toBe(false);
      expect(next.tookDown('link')).toBe(true);
    }
  });

  it('forget what is tried again and succeeds', () => {
    const tab = unkeptPreferences();
    createAttempts(tab).begin('one');
    const next = createAttempts(tab);
    expect(next.tookDown('one')).toBe(true);
    next.begin('one');
    next.end('one');
    expect(createAttempts(tab).tookDown('one')).toBe(false);
  });
});
