import { describe, expect, it } from 'vitest';
import { METRIC } from '../compiler/programs/compiled';
import { GUARD_STATE } from '../compiler/optimizer/optimize';
import type { DiagnosticCode } from '../core/diagnosticCodes';
import { failure, success } from '../core/result';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { TrainingSession, type SessionOptions } from './session';
import type { SessionEvent, SessionState, Snapshot } from './sessionState';
import { POISON, quadraticTraining, RATE } from './testing/quadraticTraining';
import { UnreliableEngines } from './testing/unreliableEngine';
import { COMMANDS, TRANSITIONS } from './transitions';

class Recorder {
  readonly events: SessionEvent[] = [];
  readonly emit = (event: SessionEvent): void => void this.events.push(event);

  get states(): SessionState[] {
    return this.events.flatMap((event) => (event.kind === 'state' ? [event.state] : []));
  }
  get codes(): DiagnosticCode[] {
    return this.diagnostics.map(({ code }) => code);
  }
  get diagnostics() {
    return this.events.flatMap((event) => (event.kind === 'diagnostics' ? event.diagnostics : []));
  }
  get snapshots(): Snapshot[] {
    return this.events.flatMap((event) => (event.kind === 'snapshot' ? [event.snapshot] : []));
  }
  /** Step → loss; the last report of a step counts. */
  get losses(): Map<number, number> {
    const losses = new Map<number, number>();
    for (const event of this.events) {
      if (event.kind !== 'metrics') continue;
      const { names, firstStep, rows, values } = event.rows;
      for (let row = 0; row < rows; row++) {
        const value = values[row * names.length + names.indexOf(METRIC.loss)];
        losses.set(firstStep + row, value ?? NaN);
      }
    }
    return losses;
  }
}

function makeSession(options: Partial<SessionOptions> = {}, engines = new UnreliableEngines()) {
  const recorder = new Recorder();
  const session = new TrainingSession({
    prepare: () => Promise.resolve(success(quadraticTraining())),
    engineFactory: engines.factory,
    totalSteps: 100,
    evaluateEvery: 10,
    emit: recorder.emit,
    wait: () => Promise.resolve(),
    ...options,
  });
  return { session, recorder, engines };
}

async function finishedLosses(options: Partial<SessionOptions> = {}): Promise<Map<number, number>> {
  const { session, recorder } = makeSession(options);
  await session.open();
  session.run();
  await session.whenStopped();
  return recorder.losses;
}

describe('TrainingSession', () => {
  it('goes idle → compiling → paused → running → done and reports every step once', async () => {
    const { session, recorder } = makeSession();
    expect(session.state).toBe('idle');
    await session.open();
    expect(session.state).toBe('paused');
    session.run();
    expect(session.state).toBe('running');
    expect(await session.whenStopped()).toBe('done');
    expect(recorder.states).toEqual(['compiling', 'paused', 'running', 'done']);
    expect([...recorder.losses.keys()]).toEqual(Array.from({ length: 100 }, (_, step) => step));
    const losses = [...recorder.losses.values()];
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 10);
  });

  it('takes snapshots at multiples of the cadence, without optimizer state', async () => {
    const { session, recorder } = makeSession({ totalSteps: 35 });
    await session.open();
    session.run();
    await session.whenStopped();
    expect(recorder.snapshots.map(({ step }) => step)).toEqual([0, 10, 20, 30, 35]);
    expect([...(recorder.snapshots[1]?.state.keys() ?? [])]).toEqual(['a.w']);
  });

  it('stays aligned with the cadence when it starts off it, and leaves out snapshots that come too soon', async () => {
    const { session, recorder } = makeSession({ totalSteps: 40, snapshotIntervalMs: 1e9 });
    await session.open();
    await session.stepBy(7);
    session.run();
    await session.whenStopped();
    expect(recorder.snapshots.map(({ step }) => step)).toEqual([0, 7, 40]);

    const aligned = makeSession({ totalSteps: 25 });
    await aligned.session.open();
    await aligned.session.stepBy(7);
    aligned.session.run();
    await aligned.session.whenStopped();
    expect(aligned.recorder.snapshots.map(({ step }) => step)).toEqual([0, 7, 10, 20, 25]);
  });

  it('never overruns the metrics ring', async () => {
    const engines = new UnreliableEngines({ ringCapacity: 7 });
    const { session, recorder } = makeSession({ totalSteps: 300, evaluateEvery: 1000 }, engines);
    await session.open();
    session.run();
    expect(await session.whenStopped()).toBe('done');
    expect(Math.max(...engines.drained)).toBe(7);
    expect(recorder.losses.size).toBe(300);
  });

  it('steps exactly and pauses', async () => {
    const { session, recorder } = makeSession();
    await session.open();
    await session.stepBy(3);
    expect([session.state, session.step]).toEqual(['paused', 3]);
    session.run();
    await session.pause();
    expect(session.state).toBe('paused');
    expect(recorder.losses.size).toBe(session.step);
    expect(recorder.snapshots.at(-1)?.step).toBe(session.step);
  });

  it('replays bit for bit after restore and after reset', async () => {
    const { session, recorder } = makeSession();
    await session.open();
    await session.stepBy(20);
    const snapshot = await session.snapshot();
    await session.stepBy(30);
    const first = recorder.losses;
    await session.restore(snapshot);
    expect([session.state, session.step]).toEqual(['paused', 20]);
    await session.stepBy(30);
    expect(recorder.losses).toEqual(first);
    await session.reset();
    expect([session.state, session.step]).toEqual(['paused', 0]);
    await session.stepBy(50);
    expect(recorder.losses).toEqual(first);
  });

  it('carries on from a snapshot in another session as if it had never stopped', async () => {
    const { session } = makeSession();
    await session.open();
    await session.stepBy(40);
    const snapshot = await session.snapshot();
    await session.close();
    const other = makeSession();
    await other.session.open(snapshot);
    other.session.run();
    await other.session.whenStopped();
    const whole = await finishedLosses();
    expect(other.recorder.losses).toEqual(new Map([...whole].filter(([step]) => step >= 40)));
    // It never looks as if it were back at the start, not even while it compiles.
    const steps = other.recorder.events.flatMap((event) =>
      event.kind === 'state' ? [event.step] : [],
    );
    expect(steps[0]).toBe(40);
    expect(Math.min(...steps)).toBe(40);
  });

  it('fills in what a snapshot lacks and says what of it does not fit', async () => {
    const { session, recorder } = makeSession();
    await session.open();
    const weights = Float64Array.of(1, 2, 3);
    const state = new Map([
      ['a.w', weights],
      ['b.w', Float64Array.of(1)],
    ]);
    await session.restore({ step: 5, state });
    const { step, state: restored } = await session.snapshot();
    expect(step).toBe(5);
    expect(restored.get('a.w')).toEqual(weights);
    expect(restored.get(GUARD_STATE)).toEqual(Float64Array.of(1));
    expect(recorder.codes).toEqual(['weights.file-mismatch']);
    expect(recorder.diagnostics[0]?.message).toContain('b.w');
  });

  it('goes on after done when it is given more steps', async () => {
    const { session } = makeSession({ totalSteps: 10 });
    await session.open();
    session.run();
    await session.whenStopped();
    session.setTotalSteps(15);
    expect(session.state).toBe('paused');
    session.run();
    expect(await session.whenStopped()).toBe('done');
    expect(session.step).toBe(15);
  });

  it('changes the cadence of snapshots on the way', async () => {
    const { session, recorder } = makeSession({ totalSteps: 30 });
    await session.open();
    await session.stepBy(10);
    session.setEvaluateEvery(15);
    session.run();
    await session.whenStopped();
    expect(recorder.snapshots.map(({ step }) => step)).toEqual([0, 10, 15, 30]);
  });

  it('explains commands that come at the wrong moment and ignores needless ones', async () => {
    const { session, recorder } = makeSession({ totalSteps: 5 });
    session.run();
    expect(recorder.diagnostics.map(({ message }) => message)).toEqual(['No run is open.']);
    await session.open();
    await session.pause();
    session.run();
    session.run();
    await session.whenStopped();
    session.run();
    expect(session.state).toBe('done');
    expect(recorder.diagnostics).toHaveLength(2);
    expect(recorder.diagnostics.every(({ severity }) => severity === 'info')).toBe(true);
  });

  it('fails with the diagnostics of a preparation that failed', async () => {
    const { session, recorder } = makeSession({
      prepare: () =>
        Promise.resolve(failure({ code: 'graph.empty', severity: 'error', message: 'Empty.' })),
    });
    await session.open();
    expect(recorder.codes).toEqual(['graph.empty']);
    expect(session.state).toBe('failed');
    session.run();
    expect(session.state).toBe('failed');
  });

  it('tells nothing after it is closed, even in the middle of a run', async () => {
    const { session, recorder } = makeSession({ totalSteps: 1e6 });
    await session.open();
    session.run();
    await session.close();
    const count = recorder.events.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(recorder.events).toHaveLength(count);
    expect(session.state).toBe('idle');
  });

  it('works on a plain engine without a device', async () => {
    const engine = createReferenceEngine();
    const factory = () => Promise.resolve(success({ engine, reason: '' }));
    expect(await finishedLosses({ engineFactory: factory })).toEqual(await finishedLosses());
  });
});

describe('a step that is not finite', () => {
  async function poisoned() {
    const made = makeSession();
    await made.session.open();
    await made.session.stepBy(12);
    const before = await made.session.snapshot();
    made.session.setLive({ [POISON]: Infinity });
    made.session.run();
    await made.session.whenStopped();
    return { ...made, before };
  }

  it('stops the run in the state before it and names term and node', async () => {
    const { session, recorder, before } = await poisoned();
    expect([session.state, session.step]).toEqual(['failed', 12]);
    expect((await session.snapshot()).state.get('a.w')).toEqual(before.state.get('a.w'));
    const [diagnostic] = recorder.diagnostics;
    expect(diagnostic).toMatchObject({ code: 'run.non-finite', nodeId: 'b', portId: 'energy' });
    expect(diagnostic?.message).toBe(
      'At step 12 the loss became infinite. The first term to go was “Node b”. The first value that was not finite is output “energy” of “Node b”.',
    );
    // The bad step is shown, what came after it is not.
    expect(recorder.losses.size).toBe(13);
  });

  it('goes on as if nothing had been once the cause is gone', async () => {
    const { session, recorder } = await poisoned();
    session.setLive({ [POISON]: 0 });
    session.run();
    expect(await session.whenStopped()).toBe('done');
    expect(recorder.losses).toEqual(await finishedLosses());
  });

  it('fails again while the cause is there, and can be reset', async () => {
    const { session } = await poisoned();
    session.run();
    expect(await session.whenStopped()).toBe('failed');
    await session.reset();
    expect([session.state, session.step]).toEqual(['paused', 0]);
  });

  it('is still reported when its cause cannot be found', async () => {
    const { session, recorder } = makeSession({
      prepare: () =>
        Promise.resolve(
          success({
            ...quadraticTraining(),
            diagnosis: () => {
              throw new Error('no diagnosis');
            },
          }),
        ),
    });
    await session.open();
    session.setLive({ [POISON]: NaN });
    session.run();
    await session.whenStopped();
    expect(recorder.diagnostics[0]?.message).toBe(
      'At step 0 the loss became not a number. The first term to go was “Node b”.',
    );
  });
});

describe('a lost device', () => {
  it('is rebuilt and the run ends as it would have', async () => {
    const engines = new UnreliableEngines({ loseAtStep: [23, 57] });
    const { session, recorder } = makeSession({}, engines);
    await session.open();
    session.run();
    expect(await session.whenStopped()).toBe('done');
    expect(engines.made).toHaveLength(3);
    expect(recorder.states).toEqual([
      ...['compiling', 'paused', 'running'],
      ...['lost', 'running', 'lost', 'running', 'done'],
    ]);
    expect(recorder.codes).toEqual(['run.device-lost', 'run.device-lost']);
    expect(recorder.losses).toEqual(await finishedLosses());
  });

  it('keeps live values and a paused session paused', async () => {
    const { session, recorder } = makeSession();
    await session.open();
    session.setLive({ [RATE]: 0.01 });
    await session.stepBy(10);
    session.loseDevice();
    await expect.poll(() => recorder.states.slice(-2)).toEqual(['lost', 'paused']);
    expect(session.step).toBe(10);
    session.run();
    await session.whenStopped();

    const undisturbed = makeSession();
    await undisturbed.session.open();
    undisturbed.session.setLive({ [RATE]: 0.01 });
    undisturbed.session.run();
    await undisturbed.session.whenStopped();
    expect(recorder.losses).toEqual(undisturbed.recorder.losses);
  });

  it('is tried again while the GPU comes back', async () => {
    const engines = new UnreliableEngines({
      loseAtStep: [23],
      unavailable: (call) => call === 1 || call === 2,
    });
    const { session } = makeSession({}, engines);
    await session.open();
    session.run();
    expect(await session.whenStopped()).toBe('done');
    expect(engines.calls).toBe(4);
  });

  it('falls back to another engine when the GPU does not come back, and says so', async () => {
    const engines = new UnreliableEngines({ loseAtStep: [23], unavailable: (call) => call > 0 });
    const spare = new UnreliableEngines();
    const { session, recorder } = makeSession({ fallbackFactory: spare.factory }, engines);
    await session.open();
    session.run();
    expect(await session.whenStopped()).toBe('done');
    expect(spare.made).toHaveLength(1);
    expect(recorder.codes).toEqual(['run.device-lost', 'run.engine-unavailable']);
  });

  it('falls back when each new device is lost at the same step', async () => {
    const engines = new UnreliableEngines({ loseAtStep: Array.from({ length: 50 }, () => 23) });
    const spare = new UnreliableEngines();
    const { session } = makeSession({ fallbackFactory: spare.factory }, engines);
    await session.open();
    session.run();
    expect(await session.whenStopped()).toBe('done');
    expect(engines.made.length).toBeLessThan(6);
  });

  it('fails when there is nothing to fall back to, and does not spin', async () => {
    const engines = new UnreliableEngines({ loseAtStep: [23], unavailable: (call) => call > 0 });
    const { session, recorder } = makeSession({}, engines);
    await session.open();
    session.run();
    expect(await session.whenStopped()).toBe('failed');
    expect(recorder.codes.slice(0, 2)).toEqual(['run.device-lost', 'run.device-lost']);
    session.run();
    expect(session.state).toBe('failed');
    expect((await session.snapshot()).step).toBe(20);
  });
});

describe('the transition table', () => {
  it('reaches every state and lets every state but idle be left', () => {
    const reached = new Set(Object.values(TRANSITIONS).flat());
    expect([...reached].sort()).toEqual(
      ['compiling', 'done', 'failed', 'lost', 'paused', 'running'].sort(),
    );
    for (const next of Object.values(TRANSITIONS)) expect(next.length).toBeGreaterThan(0);
  });

  it('says for each command and state what happens', async () => {
    const states = Object.keys(TRANSITIONS).sort();
    for (const rules of Object.values(COMMANDS)) expect(Object.keys(rules).sort()).toEqual(states);
  });
});
