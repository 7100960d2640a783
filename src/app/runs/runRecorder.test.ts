import { beforeEach, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../core/diagnostic';
import { failure, success, type Result } from '../../core/result';
import type { RunArchive, RunUpdate } from '../persistence/runArchive';
import { report, runFixture, setBatchSize, setWeight, settled } from '../run/testing/runFixture';
import type { RunFixture } from '../run/testing/runFixture';
import { createRunLeases } from './runLeases';
import { RunRecorder } from './runRecorder';

/** Keeps what it is given, in memory. */
class FakeArchive implements Pick<RunArchive, 'keep'> {
  readonly updates: RunUpdate[] = [];
  fault: Diagnostic | null = null;
  removed = false;

  keep(update: RunUpdate): Promise<Result<'kept' | 'removed'>> {
    if (this.fault !== null) return Promise.resolve(failure(this.fault));
    if (this.removed && !update.isNew) return Promise.resolve(success('removed'));
    this.updates.push(update);
    return Promise.resolve(success('kept'));
  }

  get last(): RunUpdate {
    const last = this.updates.at(-1);
    if (last === undefined) throw new Error('nothing is kept');
    return last;
  }
}

let archive: FakeArchive;
let fixture: RunFixture;
let timers: (() => void)[];
let now: number;
let faults: (string | null)[];

/** What was to be done in a moment is done. */
async function wait(): Promise<void> {
  for (const task of timers.splice(0)) task();
  await settled();
}

beforeEach(() => {
  archive = new FakeArchive();
  timers = [];
  now = 0;
  faults = [];
  let ids = 0;
  const recorder = new RunRecorder({
    archive: archive as Partial<RunArchive> as RunArchive,
    leases: createRunLeases(undefined),
    onFault: (fault) => faults.push(fault?.code ?? null),
    now: () => now,
    later: (task) => {
      timers.push(task);
      return () => void (timers = timers.filter((other) => other !== task));
    },
    newId: () => `run${++ids}`,
  });
  fixture = runFixture(recorder);
});

const state = (kind: 'running' | 'paused' | 'done', step: number): void =>
  fixture.train.emit({ kind: 'state', state: kind, step });

describe('RunRecorder', () => {
  it('keeps nothing of a run that takes no step', async () => {
    await fixture.start();
    state('paused', 0);
    await wait();
    expect(archive.updates).toEqual([]);
  });

  it('keeps the curve as it grows, only the new of it', async () => {
    await fixture.start();
    fixture.train.metrics(0, new Array<number>(600).fill(3));
    await wait();
    expect(archive.last).toMatchObject({
      isNew: true,
      replacesCurve: true,
      record: { id: 'run1', status: 'running', step: 600, reproducible: true },
    });
    expect([...archive.last.chunks.keys()]).toEqual([0, 1]);
    fixture.train.metrics(600, [2, 1]);
    await wait();
    expect(archive.last).toMatchObject({ isNew: false, replacesCurve: false });
    expect([...archive.last.chunks.keys()]).toEqual([1]);
    expect(archive.last.record.curve.last[0]).toBe(1);
  });

  it('keeps the whole state now and then, and when the run rests', async () => {
    await fixture.start();
    fixture.train.metrics(0, [3]);
    await wait();
    expect(fixture.train.calls).not.toContain('snapshot');
    now = 5000;
    fixture.train.metrics(1, [2]);
    await settled();
    await wait();
    expect(fixture.train.calls.filter((call) => call === 'snapshot')).toHaveLength(1);
    expect(archive.last.checkpoint?.info).toMatchObject({ step: 7, isWhole: true });
    now = 5100;
    fixture.train.metrics(2, [2]);
    state('paused', 3);
    await settled();
    expect(fixture.train.calls.filter((call) => call === 'snapshot')).toHaveLength(2);
    expect(archive.last.record.status).toBe('paused');
    expect(archive.last.checkpoint).not.toBeNull();
  });

  it('keeps the state before a run is stopped, and marks it as stopped', async () => {
    await fixture.start();
    fixture.train.metrics(0, [3]);
    fixture.controller.stop();
    await settled();
    expect(fixture.train.calls.slice(-2)).toEqual(['snapshot', 'close']);
    expect(archive.last.record.status).toBe('stopped');
    expect(archive.updates.some(({ checkpoint }) => checkpoint !== null)).toBe(true);
  });

  it('keeps reports, and the numbers of the last one', async () => {
    await fixture.start();
    fixture.train.metrics(0, [3]);
    fixture.train.emit({ kind: 'snapshot', snapshot: { step: 1, state: new Map() } });
    await fixture.probe.answer(report(1, 'partial collapse'));
    await wait();
    const updates = archive.updates.flatMap(({ reports }) => reports.map(({ step }) => step));
    expect(updates).toEqual([1]);
    expect(archive.last.record).toMatchObject({
      judgement: { step: 1, verdict: 'partial collapse' },
      numbers: { 'heldOut.loss': 0.5, 'encoder.out.dim': 4 },
    });
  });

  it('keeps what was found before the first step', async () => {
    await fixture.start();
    fixture.train.emit({ kind: 'snapshot', snapshot: { step: 0, state: new Map() } });
    await fixture.probe.answer(report(0, 'no verdict'));
    fixture.train.metrics(0, [3]);
    await wait();
    const kept = archive.updates.flatMap(({ reports }) => reports.map(({ step }) => step));
    expect(kept).toEqual([0]);
    expect(archive.last.record.judgement).toBeNull();
  });

  it('begins another run after a reset, and for another graph', async () => {
    await fixture.start();
    fixture.train.metrics(0, [3, 2]);
    fixture.controller.reset();
    await settled();
    state('running', 0);
    fixture.train.metrics(0, [4]);
    await wait();
    expect(archive.last.record).toMatchObject({ id: 'run2', step: 1 });
    fixture.editor.edit(setBatchSize(8));
    fixture.controller.runAnew();
    state('paused', 0);
    await settled();
    fixture.train.metrics(0, [5]);
    await wait();
    expect(archive.last.record).toMatchObject({ id: 'run3', parent: null });
    const statuses = new Map(archive.updates.map(({ record }) => [record.id, record.status]));
    expect(statuses.get('run1')).toBe('stopped');
    expect(statuses.get('run2')).toBe('stopped');
  });

  it('says where the weights of a changed graph are from', async () => {
    await fixture.start();
    fixture.train.metrics(0, [3, 2]);
    fixture.editor.edit(setBatchSize(8));
    fixture.controller.runWithWeights();
    await settled();
    fixture.train.metrics(7, [1]);
    await wait();
    expect(archive.last.record).toMatchObject({
      id: 'run2',
      parent: { id: 'run1', step: 7, kept: expect.any(String) },
      reproducible: false,
    });
  });

  it('goes on with the same run on another engine', async () => {
    await fixture.start();
    fixture.train.metrics(0, [3, 2]);
    fixture.controller.chooseEngine('reference');
    await settled();
    fixture.train.metrics(7, [1]);
    await wait();
    expect(archive.last.record.id).toBe('run1');
  });

  it('keeps live values that were changed on the way', async () => {
    await fixture.start();
    fixture.train.metrics(0, [3, 2]);
    fixture.editor.edit(setWeight(5));
    await wait();
    const { document, reproducible } = archive.last.record;
    expect(document.nodes.find(({ id }) => id === 'distance')?.params['weight']).toBe(5);
    expect(reproducible).toBe(false);
  });

  it('tells that there is no room, and keeps all of it once there is', async () => {
    await fixture.start();
    fixture.train.metrics(0, [3, 2]);
    archive.fault = { code: 'storage.full', severity: 'error', message: 'No room.' };
    await wait();
    fixture.train.metrics(2, [1]);
    await wait();
    expect(faults).toEqual(['storage.full', 'storage.full']);
    // The run itself knows nothing of it.
    expect(fixture.run.getState()).toMatchObject({ state: 'running', problems: [] });
    archive.fault = null;
    await wait();
    expect(faults.at(-1)).toBeNull();
    expect(archive.updates).toHaveLength(1);
    expect(archive.last).toMatchObject({ isNew: true, record: { step: 3 } });
    expect(archive.last.chunks.get(0)?.mean.length).toBe(6);
  });

  it('lets go of a run that was deleted', async () => {
    await fixture.start();
    fixture.train.metrics(0, [3, 2]);
    await wait();
    archive.removed = true;
    fixture.train.metrics(2, [1]);
    await wait();
    fixture.train.metrics(3, [1]);
    await wait();
    expect(archive.updates).toHaveLength(1);
  });
});
