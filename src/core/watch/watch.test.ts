import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOPELESS_MS, PATIENCE_MS, Watchdog } from './watchdog';
import { comesWithin, NoAnswerError, withDeadline } from './withDeadline';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const NEVER = new Promise<never>(() => undefined);

/** Time goes on, and no timer runs: as in a tab that is hidden, or a laptop that sleeps. */
function sleepFor(milliseconds: number): void {
  const now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => now + milliseconds);
  vi.advanceTimersToNextTimer();
  vi.restoreAllMocks();
}

describe('withDeadline', () => {
  it('gives the answer, or the reason why there is none', async () => {
    expect(await withDeadline(Promise.resolve(3), 1000, 'it')).toBe(3);
    await expect(withDeadline(Promise.reject(new Error('no')), 1000, 'it')).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says who has not answered', async () => {
    const waiting = expect(withDeadline(NEVER, 8000, 'the database')).rejects.toThrow(
      new NoAnswerError('the database', 8000),
    );
    await vi.advanceTimersByTimeAsync(8000);
    await waiting;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes a rejection for an answer where only that matters', async () => {
    expect(await comesWithin(1000, Promise.reject(new Error('no')))).toBe(true);
    const late = comesWithin(1000, NEVER);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await late).toBe(false);
  });
});

describe('Watchdog', () => {
  function setup() {
    const told: string[] = [];
    const dog = new Watchdog({
      ping: () => told.push('ping'),
      onSilent: () => told.push('silent'),
      onHeard: () => told.push('heard'),
      onHopeless: () => told.push('hopeless'),
    });
    return { dog, said: () => told.filter((word) => word !== 'ping'), told };
  }

  it('asks now and then, and says nothing as long as somebody answers', () => {
    const { dog, said, told } = setup();
    dog.begin();
    for (let second = 0; second < 60; second++) {
      vi.advanceTimersByTime(1000);
      dog.heard();
    }
    expect(said()).toEqual([]);
    expect(told).toHaveLength(31);
    dog.end();
    vi.advanceTimersByTime(10 * HOPELESS_MS);
    expect(said()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells of silence once, and that it has ended', () => {
    const { dog, said } = setup();
    dog.begin();
    vi.advanceTimersByTime(PATIENCE_MS);
    expect(said()).toEqual([]);
    vi.advanceTimersByTime(3 * PATIENCE_MS);
    expect(said()).toEqual(['silent']);
    dog.heard();
    expect(said()).toEqual(['silent', 'heard']);
    dog.end();
  });

  it('has patience with who was silent as long before, and came back', () => {
    const { dog, said } = setup();
    dog.begin();
    vi.advanceTimersByTime(30_000);
    dog.heard();
    vi.advanceTimersByTime(80_000);
    expect(said()).toEqual(['silent', 'heard']);
    vi.advanceTimersByTime(20_000);
    expect(said()).toEqual(['silent', 'heard', 'silent']);
    dog.end();
  });

  it('gives somebody up only after minutes', () => {
    const { dog, said } = setup();
    dog.begin();
    vi.advanceTimersByTime(HOPELESS_MS);
    expect(said()).toEqual(['silent']);
    vi.advanceTimersByTime(250);
    expect(said()).toEqual(['silent', 'hopeless']);
    dog.end();
    expect(said()).toEqual(['silent', 'hopeless', 'heard']);
  });

  it('accuses nobody for the time in which this thread slept', () => {
    const { dog, said } = setup();
    dog.begin();
    for (let night = 0; night < 10; night++) sleepFor(8 * 3_600_000);
    expect(said()).toEqual([]);
    dog.end();
  });
});
