import { beforeEach, describe, expect, it } from 'vitest';
import type { DiagnosticCode } from '../../core/diagnosticCodes';
import type { NodeHealth } from '../../editor/store/overlayStore';
import { overallJudgement } from '../../panels/verdict/standing';
import { INFERENCE_STATISTICS } from '../../probing/statistics';
import { unknownStatistics } from '../../probing/statistics/statistic';
import { report, runFixture, setBatchSize, settled } from './testing/runFixture';
import type { RunFixture } from './testing/runFixture';

let page: RunFixture;
beforeEach(async () => {
  page = runFixture();
  await page.start();
});

const chip = () => overallJudgement(page.run.getState());
const healthOf = (nodeId: string): NodeHealth | undefined =>
  page.editor.overlays.getState().overlays.get(nodeId)?.health;

/** The worker's snapshot of a step, and what the probe finds in it. */
async function judged(step: number, verdict: Parameters<typeof report>[1]): Promise<void> {
  page.train.emit({ kind: 'snapshot', snapshot: { step, state: new Map() } });
  await page.probe.answer(report(step, verdict));
}

function diverge(step: number): void {
  page.train.emit({
    kind: 'diagnostics',
    diagnostics: [{ code: 'run.non-finite', severity: 'error', message: 'The loss is infinite.' }],
  });
  page.train.emit({ kind: 'state', state: 'failed', step });
}

describe('what breaks and is replaced', () => {
  it('is told of once, as it is by now, each part of its own', () => {
    const tell = (code: DiagnosticCode, message: string): void =>
      page.train.emit({
        kind: 'diagnostics',
        diagnostics: [{ code, severity: 'warning', message }],
      });
    for (const step of [10, 20, 30]) tell('run.device-lost', `Lost; goes on from ${step}.`);
    tell('run.worker-replaced', 'Stopped; goes on from 40.');
    tell('run.device-lost', 'Lost; goes on from 50.');
    expect(page.run.getState().problems.map(({ message }) => message)).toEqual([
      'Stopped; goes on from 40.',
      'Lost; goes on from 50.',
    ]);
  });
});

describe('judgements of a run', () => {
  it('are of before where those of a later step do not come, until one does', async () => {
    await judged(50, 'healthy');
    expect(chip()).toMatchObject({ label: 'healthy' });
    page.train.emit({ kind: 'snapshot', snapshot: { step: 100, state: new Map() } });
    const message = 'The worker that diagnoses stopped.';
    await page.probe.fail({ code: 'run.probes-replaced', severity: 'warning', message });
    expect(chip()).toMatchObject({ label: 'stale', tone: 'neutral' });
    expect(chip()?.reason).toContain('has gone on since it was judged');
    expect(page.run.getState().problems).toMatchObject([{ message }]);
    await judged(150, 'healthy');
    expect(chip()).toMatchObject({ label: 'healthy' });
  });

  it('are asked for with every snapshot; what was overtaken shows nothing', async () => {
    for (const step of [50, 100, 150]) {
      page.train.emit({ kind: 'snapshot', snapshot: { step, state: new Map() } });
    }
    expect(page.probe.asked.map(({ snapshot }) => snapshot.step)).toEqual([50, 100, 150]);
    await page.probe.answer(report(50, 'healthy'));
    await page.probe.answer(null);
    expect([page.run.getState().probing, page.run.getState().report?.step]).toEqual([true, 50]);
    await page.probe.answer(report(150, 'complete collapse'));
    expect([page.run.getState().probing, page.run.getState().report?.step]).toEqual([false, 150]);
    expect(healthOf('encoder')).toEqual({
      tone: 'bad',
      label: 'complete collapse',
      reason: 'because',
    });
  });

  it('are none at step 0, whatever the report says', async () => {
    expect(chip()).toBeNull();
    await judged(0, 'healthy');
    expect(chip()).toMatchObject({ label: 'no verdict', tone: 'neutral' });
    expect(healthOf('encoder')).toBeUndefined();
  });

  it('are none after a reset, although a report of the run before comes late', async () => {
    page.train.emit({ kind: 'snapshot', snapshot: { step: 50, state: new Map() } });
    page.controller.reset();
    page.train.emit({ kind: 'state', state: 'paused', step: 0 });
    page.train.emit({ kind: 'snapshot', snapshot: { step: 0, state: new Map() } });
    await settled();
    await page.probe.answer(report(50, 'healthy'));
    expect(chip()).toBeNull();
    await page.probe.answer(report(0, 'healthy'));
    expect(chip()).toMatchObject({ label: 'no verdict', tone: 'neutral' });
    expect(healthOf('encoder')).toBeUndefined();
  });

  it('are stale while the graph is another one, and stand again when that is undone', async () => {
    await judged(50, 'healthy');
    expect(chip()).toMatchObject({ label: 'healthy', tone: 'good' });
    expect(healthOf('encoder')?.tone).toBe('good');
    page.editor.edit(setBatchSize(8));
    expect(chip()).toMatchObject({ label: 'stale', tone: 'neutral' });
    expect(healthOf('encoder')).toMatchObject({ label: 'stale', tone: 'neutral' });
    // What was under way when the graph was changed is of the graph before, too.
    await judged(60, 'healthy');
    expect(chip()?.tone).toBe('neutral');
    expect(healthOf('encoder')?.tone).toBe('neutral');
    page.editor.undo();
    expect(chip()).toMatchObject({ label: 'healthy', tone: 'good' });
    expect(healthOf('encoder')?.tone).toBe('good');
  });

  it('stay stale when the changed graph runs on with the old weights, until it is judged', async () => {
    await judged(50, 'healthy');
    page.editor.edit(setBatchSize(8));
    page.train.emit({ kind: 'state', state: 'paused', step: 50 });
    page.controller.runWithWeights();
    await settled();
    expect(page.run.getState().stale).toBe(false);
    expect(chip()).toMatchObject({ label: 'stale', tone: 'neutral' });
    await judged(60, 'healthy');
    expect(chip()).toMatchObject({ label: 'healthy', tone: 'good' });
  });

  it('count the training of the changed graph from where it took over the weights', async () => {
    const { controller, editor, train, probe } = page;
    const trainedFrom = async (step: number): Promise<number | undefined> => {
      await judged(step, 'healthy');
      return probe.asked.at(-1)?.trainedFrom;
    };
    expect(await trainedFrom(5)).toBe(0);
    editor.edit(setBatchSize(8));
    train.emit({ kind: 'state', state: 'paused', step: 7 });
    controller.runWithWeights();
    await settled();
    expect(await trainedFrom(8)).toBe(7);
    // Another engine goes on with the same graph.
    train.emit({ kind: 'state', state: 'paused', step: 8 });
    controller.chooseEngine('reference');
    await settled();
    expect(train.opened).toHaveLength(3);
    expect(await trainedFrom(9)).toBe(7);
    train.emit({ kind: 'state', state: 'paused', step: 9 });
    controller.reset();
    await settled();
    expect(await trainedFrom(3)).toBe(0);
  });

  it('are stale after a change of the graph of a run that was stopped', async () => {
    await judged(50, 'healthy');
    page.controller.stop();
    expect(chip()?.tone).toBe('good');
    page.editor.edit(setBatchSize(8));
    expect(chip()).toMatchObject({ label: 'stale', tone: 'neutral' });
  });

  it('come with how inference lowers the energy, which is taken away once the graph is another one', async () => {
    const fall = [
      { steps: 0, energy: 0.52 },
      { steps: 40, energy: 0.47 },
    ];
    const inference = {
      encoder: { label: 'z', ...unknownStatistics(INFERENCE_STATISTICS), fall },
    };
    const shown = () => page.editor.overlays.getState().overlays.get('encoder')?.fall;
    page.train.emit({ kind: 'snapshot', snapshot: { step: 50, state: new Map() } });
    await page.probe.answer({ ...report(50, 'healthy'), inference });
    expect(shown()).toEqual(fall);
    expect(healthOf('encoder')?.tone).toBe('good');
    page.editor.edit(setBatchSize(8));
    expect(shown()).toBeUndefined();
    page.editor.undo();
    expect(shown()).toEqual(fall);
    await judged(60, 'healthy');
    expect(shown()).toBeUndefined();
  });

  it('have no green once the run diverged, and the message may be dismissed', async () => {
    await judged(50, 'healthy');
    diverge(53);
    await judged(53, 'healthy');
    const [problem] = page.run.getState().problems;
    page.controller.dismiss(problem?.id ?? NaN);
    expect(chip()).toEqual({ label: 'diverged', tone: 'bad', reason: 'The loss is infinite.' });
    expect(healthOf('encoder')).toBeUndefined();
    // It still goes on from the step before.
    page.controller.toggle();
    await settled();
    expect(page.train.calls.at(-1)).toBe('run');
    expect(page.run.getState().divergence).toBeNull();
  });

  it('have no green beside a loss that is not finite on held-out rows', async () => {
    const diverged = { ...report(50, 'healthy'), verdict: 'diverged' as const };
    page.train.emit({ kind: 'snapshot', snapshot: { step: 50, state: new Map() } });
    await page.probe.answer(diverged);
    expect(chip()).toMatchObject({ label: 'diverged', tone: 'bad' });
    expect(healthOf('encoder')).toBeUndefined();
  });
});

describe('weights of a run', () => {
  it('are handed on as they come, and are none once what was shown is forgotten', async () => {
    page.models.length = 0;
    for (const step of [50, 100]) {
      page.train.emit({ kind: 'snapshot', snapshot: { step, state: new Map() } });
    }
    expect(page.models).toEqual([50, 100]);
    // What was seen of a run outlives its end.
    page.controller.stop();
    expect(page.models).toEqual([50, 100]);
    page.controller.runAnew();
    await settled();
    expect(page.models).toEqual([50, 100, null]);
  });
});
