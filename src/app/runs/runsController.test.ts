import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRunsStore, type RunsStore } from '../../panels/runs/runsStore';
import { curveChunks } from '../../runs/curveChunks';
import { MetricHistory } from '../../runs/metricHistory';
import { writeRunFile } from '../../runs/runFile';
import { madeUpRun } from '../../runs/testing/madeUpRun';
import { createRunArchive, type RunArchive } from '../persistence/runArchive';
import { runFixture, type RunFixture } from '../run/testing/runFixture';
import { createRunLeases, type RunLeases } from './runLeases';
import { RunRecorder } from './runRecorder';
import { RunsController } from './runsController';
import type { RunFileSource } from './runTransfer';

let count = 0;
let archive: RunArchive;
let fixture: RunFixture;
let runs: RunsStore;
let controller: RunsController;
let leases: RunLeases;
let opened: string[];
let said: string[];

beforeEach(() => {
  archive = createRunArchive(`test-controller-${count++}`);
  leases = createRunLeases(undefined);
  runs = createRunsStore();
  opened = [];
  said = [];
  const recorder = new RunRecorder({
    archive,
    leases,
    onFault: (fault) => runs.setState({ fault }),
  });
  fixture = runFixture(recorder);
  controller = new RunsController({
    editor: fixture.editor,
    run: fixture.run,
    runs,
    archive,
    leases,
    recorder,
    controller: fixture.controller,
    documents: {
      open: (document, origin) => {
        opened.push(`${document.title} as a ${origin}`);
        fixture.editor.open(document);
        return Promise.resolve();
      },
    },
    estimate: () => Promise.resolve({ usage: 5, quota: 10 }),
    chooseFile: () => undefined,
    say: (message) => said.push(message),
  });
});

afterEach(() => archive.close());

function history(): MetricHistory {
  const made = new MetricHistory(4096);
  const values = Float64Array.from({ length: 20 }, (_, i) => 20 - i);
  made.append({ names: ['loss', 'value:distance'], firstStep: 0, rows: 10, values });
  return made;
}

/** A run of the open graph, kept at step 8 of the 10 that its curve has. */
async function keepRun(id = 'kept', title?: string): Promise<void> {
  const { document } = fixture.editor.getState();
  const curve = history();
  const info = { step: 8, bytes: 4, isWhole: true };
  const kept = await archive.keep({
    record: {
      ...madeUpRun({ id, name: 'Mine', status: 'running', trainedFrom: 3, checkpoint: info }),
      document: title === undefined ? document : { ...document, title },
      curve: curve.head,
    },
    isNew: true,
    chunks: curveChunks(curve, 0),
    replacesCurve: true,
    reports: [],
    droppedReports: [],
    checkpoint: { info, state: new Map([['w', Float32Array.of(1)]]) },
  });
  expect(kept.ok).toBe(true);
}

function file(bytes: Uint8Array<ArrayBuffer>): RunFileSource {
  return { name: 'a.zip', size: bytes.length, arrayBuffer: () => Promise.resolve(bytes.buffer) };
}

describe('a kept run', () => {
  it('goes on in its own record, with its curve and its state', async () => {
    await keepRun();
    controller.resume('kept');
    await vi.waitFor(() => expect(fixture.train.calls).toContain('open'));
    const [request] = fixture.train.opened;
    expect(request?.snapshot).toMatchObject({ step: 8 });
    expect(fixture.run.getState()).toMatchObject({ step: 8, reproducible: true });
    expect(fixture.run.getState().metrics.length).toBe(10);
    // The graph is open already.
    expect(opened).toEqual([]);
    fixture.train.emit({ kind: 'state', state: 'paused', step: 8 });
    await vi.waitFor(() => expect(fixture.train.calls).toContain('run'));
    fixture.train.emit({ kind: 'state', state: 'running', step: 8 });
    fixture.train.metrics(8, [2, 1, 0.5]);
    fixture.train.emit({ kind: 'state', state: 'paused', step: 11 });
    await vi.waitFor(async () => {
      const [record, ...others] = runs.getState().runs ?? [];
      expect(others).toEqual([]);
      expect(record).toMatchObject({ id: 'kept', status: 'paused', step: 11, trainedFrom: 3 });
      const kept = await archive.history('kept');
      expect(kept.ok && kept.value?.last('loss')).toBe(0.5);
      expect(kept.ok && kept.value?.nextStep).toBe(11);
    });
    expect(said).toEqual(['“Mine” goes on from step 8.']);
  });

  it('is left to the tab that records it', async () => {
    await keepRun();
    leases.held = () => Promise.resolve(new Set(['kept']));
    controller.resume('kept');
    await vi.waitFor(() => expect(runs.getState().fault?.code).toBe('runs.in-use'));
    expect(fixture.train.calls).toEqual([]);
  });

  it('cannot go on without its weights, and says so', async () => {
    await keepRun();
    await archive.removeStates(['kept']);
    controller.resume('kept');
    await vi.waitFor(() => expect(runs.getState().fault?.message).toContain('weights of “Mine”'));
    expect(fixture.train.calls).toEqual([]);
  });

  it('opens as a document of its own, and another run begins with its weights', async () => {
    await keepRun('other', 'Another graph');
    controller.openGraph('other');
    await vi.waitFor(() => expect(opened).toEqual(['Another graph as a run']));
    controller.openWeights('other');
    await vi.waitFor(() => expect(fixture.train.calls).toContain('open'));
    fixture.train.emit({ kind: 'state', state: 'paused', step: 8 });
    await new Promise((resolve) => setTimeout(resolve, 0));
    // At rest until it is told to run.
    expect(fixture.train.calls).toEqual(['open']);
    fixture.controller.toggle();
    fixture.train.emit({ kind: 'state', state: 'running', step: 8 });
    fixture.train.metrics(8, [1]);
    fixture.train.emit({ kind: 'state', state: 'paused', step: 9 });
    await vi.waitFor(async () => {
      const list = await archive.list();
      const made = list.ok ? list.value.find(({ id }) => id !== 'other') : undefined;
      expect(made?.parent).toEqual({ id: 'other', step: 8 });
    });
  });
});

describe('the list', () => {
  it('is read when somebody looks, and follows what happens', async () => {
    await keepRun();
    const stop = controller.watch();
    await vi.waitFor(() => expect(runs.getState().runs).toHaveLength(1));
    expect(runs.getState().storage).toEqual({ usage: 5, quota: 10 });
    controller.want(['kept']);
    await vi.waitFor(() => expect(runs.getState().curves.get('kept')?.length).toBe(10));
    controller.change('kept', { name: 'Best' });
    await vi.waitFor(() => expect(runs.getState().runs?.[0]?.name).toBe('Best'));
    controller.choose('kept');
    controller.remove(['kept']);
    await vi.waitFor(() => expect(runs.getState()).toMatchObject({ runs: [], chosen: null }));
    stop();
  });

  it('takes runs in from a file once, and says what is wrong with one', async () => {
    const bytes = writeRunFile({
      runs: [{ record: madeUpRun({ id: 'a' }), history: history(), reports: [], state: null }],
      sweeps: [],
    });
    await controller.openFile(file(bytes));
    await controller.openFile(file(bytes));
    expect(said).toEqual([
      'Took in 1 run from “a.zip”.',
      'Took in 0 runs from “a.zip”. 1 run of it is here already.',
    ]);
    await controller.openFile(file(bytes.slice(0, 90)));
    expect(runs.getState().fault?.message).toContain('“a.zip” is a damaged zip file');
  });
});
