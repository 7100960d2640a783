import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ComingPart, loadPart, LONGEST_MS, NotLoadedError, SOON_MS } from './comingPart';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A part that comes, or fails, when the test says so. */
function setup() {
  const asked: { come(value: string): void; fail(): void }[] = [];
  const part = new ComingPart(
    'The gallery',
    () =>
      new Promise<string>((resolve, reject) => {
        asked.push({ come: resolve, fail: () => reject(new TypeError('Failed to fetch')) });
      }),
  );
  const states: string[] = [];
  part.subscribe(() => states.push(part.current().state));
  return { part, asked, states };
}

/** How asking ends, in words. */
function outcome(asking: Promise<string>): Promise<string> {
  return asking.catch((error: unknown) => String(error));
}

it('is loaded once, for all who ask', async () => {
  const { part, asked, states } = setup();
  const both = Promise.all([part.ask(), part.ask()]);
  asked[0]?.come('here');
  expect(await both).toEqual(['here', 'here']);
  expect(await part.ask()).toBe('here');
  expect(part.current()).toEqual({ state: 'here', value: 'here' });
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2 * LONGEST_MS);
  expect(states.at(-1)).toBe('here');
  expect(vi.getTimerCount()).toBe(0);
});

it('says what is missing and why, and is tried again when it is asked for again', async () => {
  const { part, asked } = setup();
  const first = outcome(part.ask());
  asked[0]?.fail();
  expect(await first).toBe(
    'NotLoadedError: The gallery could not be loaded. The connection was lost, or the server has a newer version of this page by now.',
  );
  expect(part.current()).toMatchObject({ state: 'missing' });
  expect(console.error).toHaveBeenCalledTimes(1);
  const second = part.ask();
  expect(part.current()).toEqual({ state: 'coming' });
  asked[1]?.come('here');
  expect(await second).toBe('here');
});

it('says that it takes its time, then that nothing has come, and is there however late it comes', async () => {
  const { part, asked, states } = setup();
  const asking = outcome(part.ask());
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect(part.current()).toEqual({ state: 'late' });
  await vi.advanceTimersByTimeAsync(LONGEST_MS - SOON_MS);
  expect(await asking).toContain('Nothing has come for 30 s.');
  expect(part.current()).toMatchObject({ state: 'missing' });
  asked[0]?.come('here');
  await vi.advanceTimersByTimeAsync(0);
  expect(part.current()).toEqual({ state: 'here', value: 'here' });
  expect(states).toEqual(['coming', 'late', 'missing', 'here']);
});

it('has the reason of the part that it waits for', async () => {
  const inner = new ComingPart('The files', () => Promise.reject(new TypeError('no')));
  const outer = loadPart('The gallery', () => inner.ask());
  await expect(outer).rejects.toThrow(/^The gallery could not be loaded\. The connection was lost/);
  await expect(outer).rejects.toBeInstanceOf(NotLoadedError);
  expect(console.error).toHaveBeenCalledTimes(1);
});
