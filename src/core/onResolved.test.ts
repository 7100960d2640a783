import { expect, it, vi } from 'vitest';
import { onResolved } from './onResolved';

function openPromise(): { readonly promise: Promise<string>; resolve(value: string): void } {
  let resolve: (value: string) => void = () => undefined;
  const promise = new Promise<string>((settle) => (resolve = settle));
  return { promise, resolve: (value) => resolve(value) };
}

it('calls a listener once its promise is resolved, and not one that was called off', async () => {
  const { promise, resolve } = openPromise();
  const [heard, twice, calledOff] = [vi.fn(), vi.fn(), vi.fn()];
  onResolved(promise, heard);
  onResolved(promise, twice);
  onResolved(promise, twice);
  onResolved(promise, calledOff)();
  resolve('gone');
  await promise;
  expect(heard.mock.calls).toEqual([['gone']]);
  expect(twice).toHaveBeenCalledTimes(2);
  expect(calledOff).not.toHaveBeenCalled();
});

it('calls a listener that comes after its promise is resolved', async () => {
  const { promise, resolve } = openPromise();
  const [first, late] = [vi.fn(), vi.fn()];
  onResolved(promise, first);
  resolve('gone');
  await promise;
  onResolved(promise, late);
  await promise;
  expect(first).toHaveBeenCalledOnce();
  expect(late.mock.calls).toEqual([['gone']]);
});

it('gives a promise that stays open one listener, however many come and go', () => {
  const { promise } = openPromise();
  const then = vi.spyOn(promise, 'then');
  for (let run = 0; run < 3; run++) onResolved(promise, () => undefined)();
  expect(then).toHaveBeenCalledOnce();
});
