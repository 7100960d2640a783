import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../src/document/schema';
import type { PlanWorkerApi } from '../protocol';
import { FakeWorker } from './fakeWorker';
import { PlanClient } from './planClient';

describe('PlanClient', () => {
  const request = (revision: number) => ({ revision, document: emptyDocument() });

  function planWorker() {
    const asked: number[] = [];
    const answers: (() => void)[] = [];
    const api: PlanWorkerApi = {
      plan: ({ revision }) => {
        asked.push(revision);
        const target = { adapter: null, software: false };
        const answer = { revision, target, listing: null, compileMs: 1, diagnostics: [] };
        return new Promise((resolve) => answers.push(() => resolve(answer)));
      },
      exportPytorch: ({ title }) => {
        const files = new Map([['train.py', new TextEncoder().encode(title)]]);
        return Promise.resolve({ files, diagnostics: [] });
      },
    };
    return { asked, answers, api };
  }

  it('makes one plan at a time, and only the newest of those that wait', async () => {
    const { asked, answers, api } = planWorker();
    const client = new PlanClient({ spawn: () => new FakeWorker(api).worker });
    const plans = [1, 2, 3].map((revision) => client.plan(request(revision)));
    expect(await plans[0]).toBeNull();
    expect(await plans[1]).toBeNull();
    await expect.poll(() => asked).toEqual([3]);
    answers[0]?.();
    expect(await plans[2]).toMatchObject({ revision: 3 });
    client.terminate();
  });

  it('hands on what a document is written as', async () => {
    const { api } = planWorker();
    const client = new PlanClient({ spawn: () => new FakeWorker(api).worker });
    const { files } = await client.exportPytorch(emptyDocument('A graph'));
    expect(new TextDecoder().decode(files?.get('train.py'))).toBe('A graph');
    client.terminate();
  });

  it('drops an answer that was overtaken, and starts another worker after one died', async () => {
    const { asked, answers, api } = planWorker();
    const fakes: FakeWorker[] = [];
    const client = new PlanClient({
      spawn: () => {
        const fake = new FakeWorker(api);
        fakes.push(fake);
        return fake.worker;
      },
    });
    const first = client.plan(request(1));
    await expect.poll(() => asked).toEqual([1]);
    const second = client.plan(request(2));
    answers[0]?.();
    expect(await first).toBeNull();
    await expect.poll(() => asked).toEqual([1, 2]);
    fakes[0]?.die('crash');
    await expect.poll(() => asked).toEqual([1, 2, 2]);
    answers[2]?.();
    expect(await second).toMatchObject({ revision: 2 });
    const third = client.plan(request(3));
    await expect.poll(() => asked).toEqual([1, 2, 2, 3]);
    fakes[1]?.die('crash');
    await expect.poll(() => fakes.length).toBe(3);
    fakes[2]?.die('second crash');
    await expect(third).rejects.toThrow('second crash');
    client.terminate();
  });
});
