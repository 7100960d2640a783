import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../src/document/schema';
import type { SweepWorkerApi, TrialAnswer } from '../protocol';
import { FakeWorker } from './fakeWorker';
import { SweepClient } from './sweepClient';

describe('SweepClient', () => {
  const failed: TrialAnswer = { outcome: null, diagnostics: [] };

  function sweep() {
    const fakes: FakeWorker[] = [];
    const answers: (() => void)[] = [];
    const api: SweepWorkerApi = {
      run: (_, onStep) => {
        onStep(1);
        return new Promise((resolve) => answers.push(() => resolve(failed)));
      },
    };
    const client = new SweepClient({
      spawn: () => {
        const fake = new FakeWorker(api);
        fakes.push(fake);
        return fake.worker;
      },
    });
    return { fakes, answers, client };
  }
  const trial = { document: emptyDocument(), engine: 'tfjs' } as const;

  it('trains a trial anew on another worker when one ends, and says why when that ends too', async () => {
    const { fakes, answers, client } = sweep();
    const steps: number[] = [];
    const answer = client.run(trial, (step) => steps.push(step));
    await expect.poll(() => steps).toEqual([1]);
    fakes[0]?.vanish();
    await expect.poll(() => steps).toEqual([1, 1]);
    answers[1]?.();
    expect(await answer).toEqual(failed);

    const second = client.run(trial, (step) => steps.push(step));
    await expect.poll(() => steps).toHaveLength(3);
    fakes.at(-1)?.die('crash');
    await expect.poll(() => steps).toHaveLength(4);
    fakes.at(-1)?.die('second crash');
    const { diagnostics } = await second;
    expect(diagnostics[0]?.message).toBe("The trial's worker stopped: second crash.");
  });

  it('trains nothing anew when it is ended', async () => {
    const { fakes, client } = sweep();
    const steps: number[] = [];
    const answer = client.run(trial, (step) => steps.push(step));
    await expect.poll(() => steps).toEqual([1]);
    client.terminate();
    expect((await answer).outcome).toBeNull();
    expect(fakes).toHaveLength(1);
  });
});
