import { expect, it } from 'vitest';
import type { DataWorkerApi } from '../protocol/ownData';
import { DataClient } from './dataClient';
import { FakeWorker } from './fakeWorker';

function setup() {
  const fakes: FakeWorker[] = [];
  const answers: (() => void)[] = [];
  const api: Partial<DataWorkerApi> = {
    previewTable: () =>
      new Promise((resolve) => answers.push(() => resolve({ preview: null, diagnostics: [] }))),
  };
  const client = new DataClient({
    spawn: () => {
      const fake = new FakeWorker(api);
      fakes.push(fake);
      return fake.worker;
    },
  });
  const preview = () =>
    client.previewTable({ file: new File(['a\n1'], 'rows.csv'), reading: null });
  return { fakes, answers, client, preview };
}

it('has a file read by another worker when one ends, and says why when that ends too', async () => {
  const { fakes, answers, preview } = setup();
  const first = preview();
  await expect.poll(() => answers).toHaveLength(1);
  fakes[0]?.vanish();
  await expect.poll(() => answers).toHaveLength(2);
  answers[1]?.();
  expect(await first).toEqual({ preview: null, diagnostics: [] });

  const second = preview();
  await expect.poll(() => answers).toHaveLength(3);
  fakes.at(-1)?.die('crash');
  await expect.poll(() => answers).toHaveLength(4);
  fakes.at(-1)?.die('second crash');
  const { diagnostics } = await second;
  expect(diagnostics[0]?.message).toBe('“rows.csv” could not be read: second crash.');
});

it('reads nothing anew when it is stopped', async () => {
  const { fakes, answers, client, preview } = setup();
  const answer = preview();
  await expect.poll(() => answers).toHaveLength(1);
  client.stop();
  expect((await answer).preview).toBeNull();
  expect(fakes).toHaveLength(1);
});
