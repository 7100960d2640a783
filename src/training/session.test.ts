import { describe, expect, it } from 'vitest';
import { GUARD_STATE } from '../compiler/optimizer/optimize';
import { failure, success } from '../core/result';
import type { Engine } from '../engine/engine';
import { OutOfMemoryError } from '../engine/outOfMemoryError';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import type { EngineFactory } from './engineFactory';
import { finishedLosses, makeSession } from './testing/recordedSession';
import { UnreliableEngines } from './testing/unreliableEngine';
import { COMMANDS, TRANSITIONS } from './transitions';

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

  it('takes snapshots at multiples of the cadence, of the whole state', async () => {
    const { session, recorder } = makeSession({ totalSteps: 35 });
    await session.open();
    session.run();
    await session.whenStopped();
    expect(recorder.snapshots.map(({ step }) => step)).toEqual([0, 10, 20, 30, 35]);
    const names = [...(recorder.snapshots[1]?.state.keys() ?? [])];
    expect(names.sort()).toEqual(['a.w', GUARD_STATE, 'optimizer.a.w']);
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

  it('gives a glimpse of the weights between two steps, and goes on as if nobody had looked', async () => {
    const { session, recorder } = makeSession({ totalSteps: 1000, evaluateEvery: 1000 });
    expect(await session.glimpse()).toBeNull();
    await session.open();
    session.run();
    const seen = [await session.glimpse(), await session.glimpse()];
    await session.pause();
    const [first = null, second = null] = seen;
    expect([...(first?.state.keys() ?? [])]).toEqual(['a.w']);
    expect(second?.step).toBeGreaterThanOrEqual(first?.step ?? NaN);
    expect(recorder.snapshots.map(({ step }) => step)).toEqual([0, session.step]);
    const again = makeSession({ totalSteps: 1000, evaluateEvery: 1000 });
    await again.session.open();
    const step = second?.step ?? 0;
    if (step > 0) await again.session.stepBy(step);
    expect((await again.session.glimpse())?.state).toEqual(second?.state);
    await again.session.close();
    expect(await again.session.glimpse()).toBeNull();
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

  it('fails with the reason, and closes, on an engine that breaks and cannot free what it holds', async () => {
    for (const [fault, code] of [
      [new WebAssembly.RuntimeError('memory access out of bounds'), 'run.failed'],
      [new RangeError('Array buffer allocation failed'), 'run.out-of-memory'],
      [
        new OutOfMemoryError({ subject: 'All of it takes', needs: 2 ** 40, limit: null }),
        'run.out-of-memory',
      ],
    ] as const) {
      const engines = new UnreliableEngines();
      const broken: EngineFactory = async () => {
        const chosen = await engines.factory();
        if (!chosen.ok) return chosen;
        const { engine, reason } = chosen.value;
        const compile: Engine['compile'] = async (program, data) => {
          const executable = await engine.compile(program, data);
          executable.run = () => Promise.reject(fault);
          executable.dispose = () => {
            throw new WebAssembly.RuntimeError('unreachable');
          };
          return executable;
        };
        return success({ engine: { ...engine, compile }, reason });
      };
      const { session, recorder } = makeSession({ engineFactory: broken });
      await session.open();
      session.run();
      expect(await session.whenStopped()).toBe('failed');
      expect(recorder.codes).toEqual([code]);
      expect(recorder.diagnostics[0]?.message).toContain(fault.message);
      await session.close();
    }
  });
});
