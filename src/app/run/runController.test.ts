import { beforeEach, describe, expect, it } from 'vitest';
import { setLabel } from '../../document/commands/nodeCommands';
import { setTraining } from '../../document/commands/settingsCommands';
import { soundDocument, testDocument } from '../../editor/testSupport';
import { report, runFixture, setBatchSize, setWeight, settled } from './testing/runFixture';
import type { RunFixture } from './testing/runFixture';

let editor: RunFixture['editor'];
let run: RunFixture['run'];
let train: RunFixture['train'];
let probe: RunFixture['probe'];
let controller: RunFixture['controller'];
let publish: RunFixture['publish'];
let start: RunFixture['start'];

beforeEach(() => {
  ({ editor, run, train, probe, controller, publish, start } = runFixture());
});

describe('RunController', () => {
  it('says from the beginning how many steps the document asks for', () => {
    expect(run.getState().totalSteps).toBe(editor.getState().document.training.steps);
  });

  it('compiles on the first run, then runs, pauses and goes on without compiling again', async () => {
    await start();
    expect(train.calls).toEqual(['open', 'run']);
    expect(run.getState().state).toBe('running');
    expect(editor.overlays.getState().running).toBe(true);
    controller.toggle();
    train.emit({ kind: 'state', state: 'paused', step: 12 });
    controller.toggle();
    await settled();
    expect(train.calls).toEqual(['open', 'run', 'pause', 'run']);
    expect(run.getState().step).toBe(12);
  });

  it('does not run a graph with errors and says why', () => {
    const faults: string[] = [];
    editor.onFault((diagnostics) => faults.push(...diagnostics.map(({ code }) => code)));
    editor.edit({ label: 'Cut', recipe: (draft) => void draft.edges.pop() });
    controller.toggle();
    expect(train.calls).toEqual([]);
    expect(faults).toEqual(['node.missing-input']);
  });

  it('has a glimpse of the weights while it runs, and of no other run', async () => {
    expect(controller.glimpse()).toBeNull();
    await start();
    expect(await controller.glimpse()).toMatchObject({
      tag: { runId: 'run1' },
      snapshot: { step: 8 },
    });
    const late = controller.glimpse();
    train.emit({ kind: 'state', state: 'paused', step: 12 });
    expect(await late).toBeNull();
    expect(controller.glimpse()).toBeNull();
  });

  it('names the curves after the objective', async () => {
    await start();
    expect(run.getState().series.map(({ name }) => name)).toEqual([
      'loss',
      'term:distance',
      'gradNorm',
      'learningRate',
    ]);
    // The node of the same name shows its plain value: the curve says that it has been weighted.
    expect(run.getState().series.map(({ label }) => label)).toEqual([
      'Total',
      'λ·distance',
      'Gradient norm',
      'Learning rate',
    ]);
  });

  it('steps exactly as asked, compiling first', async () => {
    controller.step(3);
    train.emit({ kind: 'state', state: 'paused', step: 0 });
    await settled();
    controller.step();
    await settled();
    expect(train.calls).toEqual(['open', 'step 3', 'step 1']);
  });

  it('calls compiling off at once', async () => {
    controller.toggle();
    train.emit({ kind: 'state', state: 'compiling', step: 0 });
    controller.toggle();
    expect(run.getState().state).toBe('idle');
    train.emit({ kind: 'state', state: 'paused', step: 0 });
    await settled();
    expect(train.calls).toEqual(['open', 'close']);
    expect(run.getState().state).toBe('idle');
    controller.toggle();
    expect(train.opened).toHaveLength(2);
  });

  it('goes on with the weights that a run was to go on with when compiling it was called off', async () => {
    await start();
    controller.chooseEngine('tfjs');
    await settled();
    train.emit({ kind: 'state', state: 'compiling', step: 7 });
    controller.toggle();
    train.emit({ kind: 'state', state: 'paused', step: 7 });
    await settled();
    expect(train.calls.slice(2)).toEqual(['snapshot', 'open', 'close']);
    expect(run.getState()).toMatchObject({ state: 'paused', step: 7 });
    controller.toggle();
    await settled();
    expect(train.opened[2]).toMatchObject({ engine: 'tfjs', snapshot: { step: 7 } });
  });

  it('sends live values through, by edit and by undo, and never compiles for them', async () => {
    await start();
    editor.edit(setWeight(3));
    editor.undo();
    editor.edit({ label: 'Rate', recipe: (draft) => void (draft.training.learningRate = 0.5) });
    await settled();
    expect(train.live).toEqual([
      { 'distance.weight': 3 },
      { 'distance.weight': 1 },
      { 'training.learningRate': 0.5 },
    ]);
    expect(train.calls.filter((call) => call === 'open')).toHaveLength(1);
    expect(run.getState()).toMatchObject({ stale: false, reproducible: false });
    controller.reset();
    await settled();
    expect(run.getState().reproducible).toBe(true);
  });

  it('catches up with live values that changed while it compiled', async () => {
    controller.toggle();
    editor.edit(setWeight(3));
    expect(train.live).toEqual([]);
    train.emit({ kind: 'state', state: 'paused', step: 0 });
    await settled();
    expect(train.live).toEqual([{ 'distance.weight': 3 }]);
    expect(train.calls).toEqual(['open', 'setLive', 'run']);
    expect(run.getState().reproducible).toBe(true);
  });

  it('pauses when the graph changes, and runs on after the change is undone', async () => {
    await start();
    train.metrics(0, [3, 2]);
    editor.edit(setBatchSize(8));
    await settled();
    expect(train.calls).toEqual(['open', 'run', 'pause']);
    expect(run.getState().stale).toBe(true);
    train.emit({ kind: 'state', state: 'paused', step: 2 });
    editor.undo();
    editor.settle();
    expect(run.getState().stale).toBe(false);
    controller.toggle();
    await settled();
    expect(train.calls.slice(3)).toEqual(['run']);
    expect(run.getState().metrics.length).toBe(2);
  });

  it('says what has changed, also while more changes', async () => {
    await start();
    editor.edit(setTraining({ seed: 9 }));
    await settled();
    expect(run.getState()).toMatchObject({ stale: true, changed: 'The seed' });
    editor.edit(setBatchSize(8));
    await settled();
    expect(run.getState()).toMatchObject({ stale: true, changed: 'The seed and the batch size' });
  });

  it('calls curves and reports by new labels at once, and late answers too', async () => {
    await start();
    train.emit({ kind: 'snapshot', snapshot: { step: 50, state: new Map() } });
    await probe.answer(report(50, 'healthy'));
    train.emit({ kind: 'snapshot', snapshot: { step: 100, state: new Map() } });
    editor.edit(setLabel('encoder', 'f'));
    editor.edit(setLabel('distance', 'D'));
    await settled();
    const { series, report: shown, reports } = run.getState();
    expect(series.map(({ label }) => label)).toEqual([
      'Total',
      'λ·D',
      'Gradient norm',
      'Learning rate',
    ]);
    expect(shown?.reps['encoder.out']?.label).toBe('f');
    expect(reports.all.map(({ reps }) => reps['encoder.out']?.label)).toEqual(['f']);
    await probe.answer(report(100, 'healthy'));
    expect(run.getState().report).toMatchObject({
      step: 100,
      reps: { 'encoder.out': { label: 'f' } },
    });
    expect(run.getState().stale).toBe(false);
  });

  it('takes over how often to evaluate and how long to run, and goes on', async () => {
    await start();
    train.metrics(0, [3, 2]);
    editor.edit(setTraining({ evaluateEvery: 7 }));
    editor.edit(setTraining({ steps: 400 }));
    await settled();
    expect(run.getState()).toMatchObject({ stale: false, state: 'running', totalSteps: 400 });
    expect(train.calls.slice(2)).toEqual(['setEvaluateEvery 7', 'setTotalSteps 400']);
  });

  it('takes them over later where another change of the graph came between', async () => {
    await start();
    editor.edit(setBatchSize(8));
    editor.edit(setTraining({ evaluateEvery: 7 }));
    await settled();
    expect(train.calls.slice(2)).toEqual(['pause']);
    editor.edit(setBatchSize(soundDocument().training.batchSize));
    await settled();
    expect(run.getState().stale).toBe(false);
    expect(train.calls.slice(2)).toEqual(['pause', 'setEvaluateEvery 7']);
  });

  it('starts anew with the changed graph when asked to', async () => {
    await start();
    train.metrics(0, [3, 2]);
    editor.edit(setBatchSize(8));
    train.emit({ kind: 'state', state: 'paused', step: 2 });
    expect(train.opened).toHaveLength(1);
    controller.runAnew();
    await settled();
    expect(train.opened).toHaveLength(2);
    expect(train.opened[1]?.document).toBe(editor.getState().document);
    expect(train.opened[1]?.snapshot).toBeUndefined();
    expect(run.getState().metrics.length).toBe(0);
    expect(run.getState()).toMatchObject({ stale: false, reproducible: true, edits: [] });
  });

  it('runs on with the changed graph and the weights that still fit, and says so', async () => {
    await start();
    train.metrics(0, [7, 6, 5, 4, 3, 2, 1]);
    train.state = new Map([
      ['encoder.0.weight', new Float32Array(1)],
      ['something.else', new Float32Array(1)],
    ]);
    editor.edit(setBatchSize(8));
    train.emit({ kind: 'state', state: 'paused', step: 7 });
    expect(run.getState().keeps).toBe('Keeps the weights of the module.');
    controller.toggle();
    controller.toggle();
    await settled();
    expect(train.opened).toHaveLength(2);
    expect(train.opened[1]?.snapshot?.step).toBe(7);
    expect([...(train.opened[1]?.snapshot?.state.keys() ?? [])]).not.toContain('something.else');
    expect(run.getState().metrics.length).toBe(7);
    expect(run.getState()).toMatchObject({ reproducible: false, edits: [{ step: 7 }] });
    expect(run.getState().problems).toMatchObject([{ code: 'weights.kept', severity: 'info' }]);
    // It outlives that the run goes on, but neither another change nor a reset.
    train.emit({ kind: 'state', state: 'paused', step: 7 });
    await settled();
    expect(run.getState().problems).toHaveLength(1);
    editor.undo();
    expect(run.getState()).toMatchObject({ stale: true, problems: [] });
    editor.redo();
    expect(run.getState().stale).toBe(false);
    controller.reset();
    await settled();
    expect(run.getState()).toMatchObject({ reproducible: true, edits: [], problems: [] });
  });

  it('takes single steps with the changed graph in the same way', async () => {
    await start();
    train.metrics(0, [7, 6, 5, 4, 3, 2, 1]);
    editor.edit(setBatchSize(8));
    train.emit({ kind: 'state', state: 'paused', step: 7 });
    controller.step(3);
    await settled();
    expect(train.opened[1]?.snapshot?.step).toBe(7);
    train.emit({ kind: 'state', state: 'paused', step: 7 });
    await settled();
    expect(train.calls.at(-1)).toBe('step 3');
  });

  it('starts anew by itself with another seed, before the first step, and where numbers went astray', async () => {
    await start();
    editor.edit(setBatchSize(8));
    expect(run.getState()).toMatchObject({ stale: true, keeps: null });
    editor.undo();
    train.metrics(0, [7, 6, 5]);
    editor.edit(setTraining({ seed: 9 }));
    await settled();
    expect(run.getState()).toMatchObject({ stale: true, keeps: null });
    editor.undo();
    train.emit({
      kind: 'diagnostics',
      diagnostics: [{ code: 'run.non-finite', severity: 'error', message: 'D is NaN.' }],
    });
    train.emit({ kind: 'state', state: 'failed', step: 3 });
    editor.edit(setBatchSize(8));
    await settled();
    expect(run.getState()).toMatchObject({ stale: true, keeps: null });
    controller.toggle();
    await settled();
    expect(train.opened[1]?.snapshot).toBeUndefined();
  });

  it('drops what an earlier run still has to say', async () => {
    await start();
    const first = train.opened[0];
    editor.edit(setBatchSize(8));
    train.emit({ kind: 'state', state: 'paused', step: 2 });
    controller.runAnew();
    train.emit({ kind: 'state', state: 'failed', step: 2 }, first);
    expect(run.getState().state).toBe('compiling');
  });

  it('shows metrics at reading pace, on curves and nodes', async () => {
    await start();
    const { metricsVersion } = run.getState();
    train.metrics(0, [4]);
    train.metrics(1, [2]);
    expect(run.getState().metricsVersion).toBe(metricsVersion);
    expect(publish).toHaveLength(1);
    publish.forEach((task) => task());
    expect(run.getState()).toMatchObject({ metricsVersion: metricsVersion + 1, step: 2 });
    expect(editor.overlays.getState().overlays.get('distance')).toMatchObject({
      value: 1,
      trace: [2, 1],
    });
  });

  it('goes on for as many steps again when the run was complete', async () => {
    await start();
    train.emit({ kind: 'state', state: 'done', step: 1000 });
    controller.toggle();
    await settled();
    expect(train.calls.slice(2)).toEqual(['setTotalSteps 2000', 'run']);
    expect(run.getState().totalSteps).toBe(2000);
  });

  it('resets to step 0 without compiling', async () => {
    await start();
    train.metrics(0, [3, 2]);
    train.emit({ kind: 'state', state: 'paused', step: 2 });
    controller.reset();
    await settled();
    expect(train.calls.slice(2)).toEqual(['reset', 'setTotalSteps 1000']);
    expect(run.getState()).toMatchObject({ step: 0, report: null });
    expect(run.getState().metrics.length).toBe(0);
  });

  it('stops for good but keeps the curves', async () => {
    await start();
    train.metrics(0, [3, 2]);
    controller.stop();
    expect(train.calls.at(-1)).toBe('close');
    expect(probe.cancelled).toBe(1);
    expect(run.getState().state).toBe('idle');
    expect(run.getState().metrics.length).toBe(2);
    controller.toggle();
    expect(train.opened).toHaveLength(2);
    expect(run.getState().metrics.length).toBe(0);
  });

  it('takes the run along to another engine', async () => {
    await start();
    controller.chooseEngine('tfjs');
    await settled();
    expect(train.opened[1]).toMatchObject({ engine: 'tfjs', snapshot: { step: 7 } });
    train.emit({ kind: 'state', state: 'paused', step: 7 });
    await settled();
    expect(train.calls).toEqual(['open', 'run', 'snapshot', 'open', 'run']);
  });

  it('keeps the weights when the engine that was chosen cannot run here', async () => {
    await start();
    controller.chooseEngine('webgpu');
    await settled();
    train.emit({ kind: 'state', state: 'compiling', step: 7 });
    train.emit({ kind: 'state', state: 'failed', step: 7 });
    controller.chooseEngine('tfjs');
    await settled();
    expect(train.opened[2]).toMatchObject({ engine: 'tfjs', snapshot: { step: 7 } });
    expect(run.getState().step).toBe(7);
  });

  it('tries again after a value that was not finite', async () => {
    await start();
    train.emit({
      kind: 'diagnostics',
      diagnostics: [
        { code: 'run.non-finite', severity: 'error', message: 'D is NaN.', nodeId: 'distance' },
      ],
    });
    train.emit({ kind: 'state', state: 'failed', step: 3 });
    expect(run.getState().problems).toMatchObject([{ nodeId: 'distance' }]);
    controller.toggle();
    await settled();
    expect(train.calls.slice(2)).toEqual(['run']);
    expect(run.getState().problems).toEqual([]);
  });

  it('opens anew with the last weights after a failure that nothing is left of', async () => {
    await start();
    train.emit({ kind: 'snapshot', snapshot: { step: 50, state: new Map() } });
    train.emit({
      kind: 'diagnostics',
      diagnostics: [{ code: 'run.device-lost', severity: 'error', message: 'Gone.' }],
    });
    train.emit({ kind: 'state', state: 'failed', step: 50 });
    controller.toggle();
    expect(train.opened[1]?.snapshot?.step).toBe(50);
  });

  it('tells the user when the worker itself fails', async () => {
    await start();
    train.failNext = new Error('worker is gone');
    controller.toggle();
    await settled();
    expect(run.getState().state).toBe('failed');
    expect(run.getState().problems[0]?.message).toContain('worker is gone');
  });

  it('ends the run of a document that is closed', async () => {
    await start();
    train.metrics(0, [3, 2]);
    editor.open(testDocument());
    expect(train.calls.at(-1)).toBe('close');
    expect(run.getState()).toMatchObject({ state: 'idle', step: 0, report: null });
    expect(run.getState().metrics.length).toBe(0);
    train.emit({ kind: 'state', state: 'running', step: 3 });
    expect(run.getState().state).toBe('idle');
  });
});
