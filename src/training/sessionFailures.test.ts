import { describe, expect, it } from 'vitest';
import { success } from '../core/result';
import { POISON, quadraticTraining, RATE } from './testing/quadraticTraining';
import { finishedLosses, makeSession } from './testing/recordedSession';
import { UnreliableEngines } from './testing/unreliableEngine';

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
