import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../../core/result';
import { report } from '../run/testing/runFixture';
import { curveChunks } from '../../runs/curveChunks';
import { MetricHistory } from '../../runs/metricHistory';
import { madeUpRun } from '../../runs/testing/madeUpRun';
import {
  createRunArchive,
  type ArchiveChange,
  type RunArchive,
  type RunUpdate,
} from './runArchive';

let name = '';
let count = 0;
let tabs: RunArchive[] = [];

function openTab(): RunArchive {
  const tab = createRunArchive(name);
  tabs.push(tab);
  return tab;
}

beforeEach(() => {
  name = `test-runs-${count++}`;
});

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(tabs.map((tab) => tab.close()));
  tabs = [];
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.value;
}

function historyOf(steps: number): MetricHistory {
  const history = new MetricHistory(4096);
  const values = Float64Array.from({ length: steps }, (_, i) => i / 7);
  history.append({ names: ['loss'], firstStep: 0, rows: steps, values });
  return history;
}

function update(id: string, history: MetricHistory, changes: Partial<RunUpdate> = {}): RunUpdate {
  return {
    record: { ...madeUpRun({ id }), curve: history.head },
    isNew: true,
    chunks: curveChunks(history, 0),
    replacesCurve: true,
    reports: [],
    droppedReports: [],
    checkpoint: null,
    ...changes,
  };
}

describe('RunArchive', () => {
  it('keeps a run that grows: its curve, reports and state', async () => {
    const archive = openTab();
    const history = historyOf(700);
    value(await archive.keep(update('a', history, { reports: [report(100, 'healthy')] })));
    const before = history.nextStep;
    const more = Float64Array.of(5, 6, 7);
    history.append({ names: ['loss'], firstStep: before, rows: 3, values: more });
    const state = new Map([['w', Float32Array.of(1, 2)]]);
    value(
      await archive.keep(
        update('a', history, {
          isNew: false,
          chunks: curveChunks(history, before),
          replacesCurve: false,
          reports: [report(200, 'partial collapse'), report(300, 'healthy')],
          checkpoint: { info: { step: 700, bytes: 8, isWhole: true }, state },
        }),
      ),
    );
    const [record] = value(await archive.list());
    expect(record).toMatchObject({ id: 'a', ordinal: 1, checkpoint: { step: 700 } });
    const kept = value(await archive.history('a'));
    expect(kept?.head).toEqual(history.head);
    expect(kept?.column('loss')).toEqual(history.column('loss'));
    expect(value(await archive.reports('a')).map(({ step }) => step)).toEqual([100, 200, 300]);
    expect(value(await archive.state('a'))).toEqual(state);

    // Thinned, where there are many.
    value(await archive.keep(update('a', history, { isNew: false, droppedReports: [200] })));
    expect(value(await archive.reports('a')).map(({ step }) => step)).toEqual([100, 300]);

    // Taken back: later reports are of a course that was not taken.
    value(
      await archive.keep(update('a', history, { isNew: false, reports: [report(150, 'healthy')] })),
    );
    expect(value(await archive.reports('a')).map(({ step }) => step)).toEqual([100, 150]);
  });

  it('leaves what the user says of a run alone while it is recorded', async () => {
    const [recording, other] = [openTab(), openTab()];
    const history = historyOf(10);
    value(await recording.keep(update('a', history)));
    value(await other.change('a', { name: 'Best', starred: true, tags: ['x'] }));
    value(await recording.keep(update('a', history, { isNew: false })));
    expect(value(await other.list())[0]).toMatchObject({
      name: 'Best',
      starred: true,
      tags: ['x'],
    });
  });

  it('does not bring a deleted run back', async () => {
    const [recording, other] = [openTab(), openTab()];
    const history = historyOf(10);
    value(await recording.keep(update('a', history)));
    value(await other.remove(['a']));
    expect(value(await recording.keep(update('a', history, { isNew: false })))).toBe('removed');
    expect(value(await recording.list())).toEqual([]);
    expect(value(await recording.history('a'))).toBeNull();
  });

  it('lets two tabs record at once', async () => {
    const [one, two] = [openTab(), openTab()];
    const [a, b] = [historyOf(900), historyOf(300)];
    await Promise.all([one.keep(update('a', a)), two.keep(update('b', b))]);
    const records = value(await one.list());
    expect(records.map(({ ordinal }) => ordinal).sort()).toEqual([1, 2]);
    expect(value(await two.history('a'))?.head).toEqual(a.head);
    expect(value(await one.history('b'))?.head).toEqual(b.head);
  });

  it('tells other tabs, and the one that asked', async () => {
    const [one, two] = [openTab(), openTab()];
    const heard: ArchiveChange['kind'][] = [];
    one.subscribe(({ kind }) => heard.push(kind));
    two.subscribe(({ kind }) => heard.push(kind));
    value(await one.keep(update('a', historyOf(1))));
    await vi.waitFor(() => expect(heard).toEqual(['kept', 'kept']));
  });

  it('clears weights away and keeps the rest', async () => {
    const archive = openTab();
    const checkpoint = { info: { step: 1, bytes: 4, isWhole: true }, state: new Map() };
    value(await archive.keep(update('a', historyOf(5), { checkpoint })));
    value(await archive.removeStates(['a']));
    expect(value(await archive.list())[0]?.checkpoint).toBeNull();
    expect(value(await archive.state('a'))).toBeNull();
    expect(value(await archive.history('a'))?.length).toBe(5);
  });

  it('says that there is no room, and writes nothing by halves', async () => {
    const archive = openTab();
    value(await archive.keep(update('a', historyOf(5))));
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...given
    ) {
      if (this.name === 'states') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, given);
    });
    const checkpoint = { info: { step: 9, bytes: 4, isWhole: true }, state: new Map() };
    const kept = await archive.keep(update('a', historyOf(9), { isNew: false, checkpoint }));
    expect(kept.diagnostics[0]).toMatchObject({
      code: 'storage.full',
      message: 'The browser has no room left: the run is not recorded.',
    });
    vi.restoreAllMocks();
    expect(value(await archive.list())[0]).toMatchObject({
      curve: { length: 5 },
      checkpoint: null,
    });
    expect(value(await archive.history('a'))?.length).toBe(5);
  });
});
