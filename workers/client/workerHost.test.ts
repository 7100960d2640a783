import { afterEach, describe, expect, it, vi } from 'vitest';
import { HOPELESS_MS, PATIENCE_MS } from '../../src/core/watch/watchdog';
import { FakeWorker } from './fakeWorker';
import { WorkerDiedError, WorkerHost, type SilentWorker } from './workerHost';

interface Api {
  answer(): Promise<number>;
}

/** Timers are fake, messages are not. */
function setup() {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  const fakes: FakeWorker[] = [];
  const silent: SilentWorker[] = [];
  const deaths: string[] = [];
  let answers = true;
  const host = new WorkerHost<Api>({
    name: 'fake worker',
    spawn: () => {
      const answer = () => (answers ? Promise.resolve(7) : new Promise(() => undefined));
      const fake = new FakeWorker({ answer });
      fakes.push(fake);
      return fake.worker;
    },
    onDeath: (reason) => deaths.push(reason),
    onSilent: (worker) => {
      silent.push(worker);
      return () => void silent.splice(silent.indexOf(worker), 1);
    },
  });
  /** Time goes by in which messages come and go. */
  const pass = async (milliseconds: number): Promise<void> => {
    for (let left = milliseconds; left > 0; left -= 1000) {
      vi.advanceTimersByTime(Math.min(left, 1000));
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const hang = (): void => {
    answers = false;
  };
  const fake = (index: number): FakeWorker => {
    const found = fakes[index];
    if (!found) throw new Error(`no worker ${index}`);
    return found;
  };
  return { host, fake, fakes, silent, deaths, pass, hang };
}

afterEach(() => void vi.useRealTimers());

describe('WorkerHost', () => {
  it('leaves a worker in peace that takes its time and says that it is there', async () => {
    const { host, silent, pass, hang } = setup();
    hang();
    const answer = host.call((api) => api.answer());
    await pass(5 * PATIENCE_MS);
    expect(silent).toEqual([]);
    host.terminate();
    await expect(answer).rejects.toThrow(WorkerDiedError);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells of one that does not even say that it is there, until it does', async () => {
    const { host, fake, silent, pass, hang } = setup();
    hang();
    const answer = host.call((api) => api.answer());
    fake(0).isBusy = true;
    await pass(2 * PATIENCE_MS);
    expect(silent).toMatchObject([{ name: 'fake worker', due: 'answers' }]);
    fake(0).isBusy = false;
    await pass(3000);
    expect(silent).toEqual([]);
    host.terminate();
    await expect(answer).rejects.toThrow(WorkerDiedError);
  });

  it('counts only what is due: who says that it is there may not come on', async () => {
    const { host, silent, pass } = setup();
    expect(await host.call((api) => api.answer())).toBe(7);
    host.expect('steps');
    await pass(2 * PATIENCE_MS);
    expect(silent).toMatchObject([{ due: 'steps' }]);
    expect(await host.call((api) => api.answer())).toBe(7);
    expect(silent).toEqual([]);
    host.expect(null);
    await pass(5 * PATIENCE_MS);
    expect(silent).toEqual([]);
    host.terminate();
  });

  it('replaces one that hangs when the user says so', async () => {
    const { host, fake, fakes, silent, deaths, pass, hang } = setup();
    hang();
    const answer = host.call((api) => api.answer());
    fake(0).isBusy = true;
    await pass(2 * PATIENCE_MS);
    silent[0]?.restart();
    await expect(answer).rejects.toThrow('it was restarted');
    expect(deaths).toEqual(['it was restarted']);
    expect(fake(0).terminated).toBe(true);
    expect(silent).toEqual([]);
    void host.call((api) => api.answer()).catch(() => undefined);
    expect(fakes).toHaveLength(2);
    host.terminate();
  });

  it('takes one for dead that nothing was heard of for minutes', async () => {
    const { host, fake, deaths, pass, hang } = setup();
    hang();
    const answer = host.call((api) => api.answer());
    answer.catch(() => undefined);
    fake(0).isBusy = true;
    await pass(HOPELESS_MS + 1000);
    expect(deaths).toEqual(['nothing was heard of it for minutes']);
    await expect(answer).rejects.toThrow(WorkerDiedError);
  });
});
