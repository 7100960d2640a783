import { expect, it, vi } from 'vitest';
import { onResolved } from './onResolved';

it('calls a listener once its promise is resolved, and not one that was called off', async () => {
  let resolve: (reason: string) => void = () => undefined;
  const promise = new Promise<string>((settle) => (resolve = settle));
  const [heard, calledOff] = [vi.fn(), vi.fn()];
  onResolved(promise, heard);
  onResolved(promise, calledOff)();
  resolve('gone');
  await promise;
  expect(heard.mock.calls).toEqual([['gone']]);
  expect(calledOff).not.toHaveBeenCalled();
});
