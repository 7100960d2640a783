import { describe, expect, it } from 'vitest';
import type { LayoutWorkerApi } from '../protocol';
import { FakeWorker } from './fakeWorker';
import { LayoutClient } from './layoutClient';

describe('LayoutClient', () => {
  it('asks the worker, another one when it dies, and rejects when that dies too', async () => {
    const positions = { a: { x: 1, y: 2 } };
    const fakes: FakeWorker[] = [];
    let answers = true;
    const api: LayoutWorkerApi = {
      layout: () => (answers ? Promise.resolve({ positions }) : new Promise(() => undefined)),
    };
    const client = new LayoutClient({
      spawn: () => {
        const fake = new FakeWorker(api);
        fakes.push(fake);
        return fake.worker;
      },
    });
    expect(await client.layout([], [])).toEqual({ positions });
    answers = false;
    const hanging = client.layout([], []);
    fakes[0]?.die('crash');
    await expect.poll(() => fakes.length).toBe(2);
    fakes[1]?.die('second crash');
    await expect(hanging).rejects.toThrow('second crash');
    answers = true;
    expect(await client.layout([], [])).toEqual({ positions });
    client.terminate();
  });
});
