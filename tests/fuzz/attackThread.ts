import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Order, ThreadData } from './attacker';
import { attack, inputAt, type Target } from './target';

/** The thread of an `Attacker`: tries targets of one module, and notes in shared memory where it is before each input. */

const { module, shared } = workerData as ThreadData;
const notes = new Int32Array(shared);
const { TARGETS } = (await import(module)) as { readonly TARGETS: readonly Target[] };

function named(name: string): Target {
  const found = TARGETS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no target “${name}”.`);
  return found;
}

async function follow(order: Order): Promise<Answer> {
  switch (order.kind) {
    case 'list':
      return { targets: TARGETS.map(({ name, runs }) => ({ name, runs })) };
    case 'show':
      return { input: inputAt(named(order.name), order.seed, order.path) };
    case 'attack':
      notes.fill(0);
      return {
        outcome: await attack(named(order.name), order.inputs, {
          begins: () => void Atomics.add(notes, 0, 1),
          fails: () => void Atomics.store(notes, 1, 1),
        }),
      };
  }
}

parentPort?.on('message', (order: Order) => {
  void follow(order).then((answer) => parentPort?.postMessage(answer));
});
