import { transfer } from 'comlink';
import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../src/document/schema';
import type { SessionEvent, Snapshot } from '../../src/training/sessionState';
import type { OpenRequest, TaggedSessionEvent, TrainWorkerApi } from '../protocol';
import { eventBuffers, snapshotBuffers } from '../transferables';
import { FakeWorker } from './fakeWorker';
import { snapshotAt } from './snapshotAt';
import { TrainClient } from './trainClient';

function request(runId: string): OpenRequest {
  return { runId, revision: 1, document: emptyDocument(), engine: 'auto' };
}

/** Remembers what it was asked for; `say` sends an event to the page. */
class FakeTrainWorker implements TrainWorkerApi {
  readonly calls: string[] = [];
  opened: OpenRequest | null = null;
  private listener: (event: TaggedSessionEvent) => void = () => undefined;

  open(opened: OpenRequest, listener: (event: TaggedSessionEvent) => void): Promise<void> {
    this.calls.push(`open ${opened.runId}`);
    this.opened = opened;
    this.listener = listener;
    return Promise.resolve();
  }
  say(event: SessionEvent, runId = this.opened?.runId ?? ''): void {
    const tagged = { runId, revision: 1, event };
    this.listener(transfer(tagged, eventBuffers(event)));
  }
  private note(call: string): Promise<void> {
    this.calls.push(call);
    return Promise.resolve();
  }
  readonly run = () => this.note('run');
  hangs = false;
  readonly pause = () => (this.hangs ? new Promise<void>(() => undefined) : this.note('pause'));
  readonly step = (count: number) => this.note(`step ${count}`);
  readonly reset = () => this.note('reset');
  readonly setLive = (values: object) => this.note(`live ${JSON.stringify(values)}`);
  readonly restore = ({ step }: Snapshot) => this.note(`restore ${step}`);
  readonly setEvaluateEvery = (steps: number) => this.note(`every ${steps}`);
  readonly setTotalSteps = (steps: number) => this.note(`total ${steps}`);
  readonly loseDevice = () => Promise.reject(new Error('no device'));
  letsGo = true;
  readonly close = () => (this.letsGo ? this.note('close') : new Promise<void>(() => undefined));
  readonly glimpse = () => this.snapshot();
  readonly snapshot = () => {
    const snapshot = snapshotAt(9);
    return Promise.resolve(transfer(snapshot, snapshotBuffers(snapshot)));
  };
}

function trainSetup() {
  const workers: { api: FakeTrainWorker; fake: FakeWorker }[] = [];
  const events: TaggedSessionEvent[] = [];
  const client = new TrainClient((event) => events.push(event), {
    spawn: () => {
      const api = new FakeTrainWorker();
      const fake = new FakeWorker(api);
      workers.push({ api, fake });
      return fake.worker;
    },
  });
  const at = (index: number) => {
    const entry = workers[index];
    if (!entry) throw new Error(`no worker ${index}`);
    return entry;
  };
  return { client, events, workers, at };
}

describe('TrainClient', () => {
  it('passes commands and transfers arrays to the page', async () => {
    const { client, events, at } = trainSetup();
    await client.open(request('one'));
    await client.run();
    await client.step(5);
    await client.setLive({ rate: 2 });
    await client.restore(snapshotAt(3));
    expect(at(0).api.calls).toEqual([
      ...['open one', 'run', 'step 5', 'live {"rate":2}', 'restore 3'],
    ]);
    expect(await client.snapshot()).toEqual(snapshotAt(9));
    expect(await client.glimpse()).toEqual(snapshotAt(9));
    const sent = snapshotAt(4);
    at(0).api.say({ kind: 'snapshot', snapshot: sent });
    await expect.poll(() => events.length).toBe(1);
    expect(events[0]?.event).toEqual({ kind: 'snapshot', snapshot: snapshotAt(4) });
    expect(sent.state.get('a.w')?.byteLength).toBe(0);
    client.terminate();
    expect(at(0).fake.terminated).toBe(true);
  });

  it('drops events of runs that are no longer open', async () => {
    const { client, events, at } = trainSetup();
    await client.open(request('one'));
    const first = at(0).api;
    const say = first.say.bind(first);
    await client.open(request('two'));
    say({ kind: 'state', state: 'paused', step: 0 }, 'one');
    say({ kind: 'state', state: 'paused', step: 0 }, 'two');
    await expect.poll(() => events.length).toBe(1);
    expect(events[0]?.runId).toBe('two');
    await client.close();
    say({ kind: 'state', state: 'running', step: 0 }, 'two');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(events).toHaveLength(1);
    client.terminate();
  });

  it('replaces a worker that died and goes on from the newest weights', async () => {
    const { client, events, at } = trainSetup();
    await client.open(request('one'));
    await client.setLive({ rate: 2 });
    await client.setTotalSteps(77);
    await client.setEvaluateEvery(5);
    at(0).api.say({ kind: 'snapshot', snapshot: snapshotAt(40) });
    at(0).api.say({ kind: 'state', state: 'running', step: 40 });
    await expect.poll(() => events.length).toBe(2);
    at(0).fake.die('out of memory');
    await expect.poll(() => at(1).api.calls.at(-1)).toBe('run');
    expect(at(0).fake.terminated).toBe(true);
    expect(at(1).api.calls).toEqual(['open one', 'live {"rate":2}', 'every 5', 'total 77', 'run']);
    expect(at(1).api.opened?.snapshot).toEqual(snapshotAt(40));
    expect(events[2]?.event).toMatchObject({
      kind: 'diagnostics',
      diagnostics: [{ code: 'run.worker-replaced', severity: 'warning' }],
    });
    expect(JSON.stringify(events[2])).toContain('out of memory');
    client.terminate();
  });

  it('does what is asked while a worker is replaced once the run is open again', async () => {
    const { client, at } = trainSetup();
    await client.open(request('one'));
    await client.setTotalSteps(77);
    at(0).fake.die('gone');
    await client.step(3);
    expect(at(1).api.calls).toEqual(['open one', 'live {}', 'total 77', 'step 3']);
    client.terminate();
  });

  it('gives up a worker that dies again and again, until the user opens a run anew', async () => {
    const { client, events, workers, at } = trainSetup();
    await client.open(request('one'));
    for (let death = 0; death < 3; death++) {
      await expect.poll(() => workers.length).toBe(death + 1);
      at(death).fake.die('broken');
    }
    await expect.poll(() => events.at(-1)?.event).toMatchObject({ state: 'failed' });
    expect(workers).toHaveLength(3);
    await client.open(request('two'));
    expect(workers).toHaveLength(4);
    client.terminate();
  });

  it('replaces a worker that the browser ended without a word', async () => {
    const { client, events, at } = trainSetup();
    await client.open(request('one'));
    at(0).fake.vanish();
    await expect.poll(() => at(1).api.calls.at(0)).toBe('open one');
    expect(JSON.stringify(events)).toContain('the browser ended it');
    client.terminate();
  });

  it('gives up a run that ends every worker on the way, although each of them opens it', async () => {
    const { client, events, workers, at } = trainSetup();
    await client.open(request('one'));
    for (let death = 0; death < 3; death++) {
      await expect.poll(() => workers[death]?.api.calls.includes('open one')).toBe(true);
      at(death).api.say({ kind: 'state', state: 'running', step: 0 });
      await expect.poll(() => events.at(-1)?.event).toMatchObject({ state: 'running' });
      at(death).fake.die('unreachable');
    }
    await expect.poll(() => events.at(-1)?.event).toMatchObject({ state: 'failed' });
    expect(workers).toHaveLength(3);
    client.terminate();
  });

  it.each(['run.failed', 'run.out-of-memory'] as const)(
    'gives the run after %s a new worker: the memory of the old one may be full',
    async (code) => {
      const { client, events, workers, at } = trainSetup();
      await client.open(request('one'));
      await client.open(request('two'));
      expect(workers).toHaveLength(1);
      const diagnostics = [{ code, severity: 'error', message: 'Too much.' }] as const;
      at(0).api.say({ kind: 'diagnostics', diagnostics });
      await expect.poll(() => events.length).toBe(1);
      await client.open(request('three'));
      expect(at(0).fake.terminated).toBe(true);
      expect(at(1).api.calls).toEqual(['open three']);
      await client.open(request('four'));
      expect(at(1).api.calls).toEqual(['open three', 'close', 'open four']);
      expect(workers).toHaveLength(2);
      client.terminate();
    },
  );

  it('ends a worker that does not let go of a run, for the sake of the next', async () => {
    const { client, events, workers, at } = trainSetup();
    await client.open(request('one'));
    at(0).api.letsGo = false;
    const second = client.open(request('two'));
    const third = client.open(request('three'));
    const stepping = client.step(3);
    await Promise.all([second, third, stepping]);
    expect(at(0).fake.terminated).toBe(true);
    expect(at(1).api.calls).toEqual(['open three', 'step 3']);
    expect(workers).toHaveLength(2);
    // Nobody is told of what nobody waits for.
    expect(events).toEqual([]);
    at(1).api.letsGo = false;
    await client.close();
    expect(at(1).fake.terminated).toBe(true);
    client.terminate();
  });

  it('ends a call that was under way when the worker died', async () => {
    const { client, at } = trainSetup();
    await client.open(request('one'));
    at(0).api.hangs = true;
    const pausing = client.pause();
    at(0).fake.die('gone');
    await pausing;
    client.terminate();
  });

  it('does nothing without an open run, and reports failures of the worker as events', async () => {
    const { client, events, workers } = trainSetup();
    await client.run();
    await client.close();
    expect(workers).toHaveLength(0);
    await expect(client.snapshot()).rejects.toThrow('No run is open');
    expect(await client.glimpse()).toBeNull();
    await client.open(request('one'));
    await client.loseDevice();
    expect(JSON.stringify(events)).toContain('no device');
    client.terminate();
  });
});
