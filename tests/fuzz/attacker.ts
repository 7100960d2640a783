import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Inputs, Outcome, Target } from './target';

export type Order =
  | { readonly kind: 'list' }
  | { readonly kind: 'show'; readonly name: string; readonly seed: number; readonly path: string }
  | { readonly kind: 'attack'; readonly name: string; readonly inputs: Inputs };

export interface Answer {
  readonly targets?: readonly TargetInfo[];
  readonly input?: string;
  readonly outcome?: Outcome;
}

export type TargetInfo = Pick<Target, 'name' | 'runs'>;

export interface ThreadData {
  /** Its `TARGETS` are what is attacked. */
  readonly module: string;
  /** Two numbers: inputs begun, and whether one of them had a fault. */
  readonly shared: SharedArrayBuffer;
}

interface Limits {
  /** Of the process, which does nothing else meanwhile. An input that ends by itself after more than two is a fault already. */
  readonly processorSeconds: number;
  /** What waits for ever takes no processor time. */
  readonly seconds: number;
}

export const LIMITS: Limits = { processorSeconds: 6, seconds: 60 };
const LOOK_MS = 100;
const THREAD = new URL('./attackThread.mjs', import.meta.url);

/** Attacks in a thread that it watches: an input that never ends is a fault as others are, and hangs nobody. */
export class Attacker {
  private thread: Worker | null = null;
  private readonly shared = new SharedArrayBuffer(8);
  private readonly notes = new Int32Array(this.shared);

  constructor(
    private readonly module: URL,
    private readonly limits = LIMITS,
  ) {}

  async targets(): Promise<readonly TargetInfo[]> {
    return (await this.ask({ kind: 'list' })).targets ?? [];
  }

  async attack(name: string, inputs: Inputs): Promise<Outcome> {
    // Loading is no part of the first input.
    await this.targets();
    const watch = this.watch();
    const answer = await Promise.race([
      this.ask({ kind: 'attack', name, inputs }),
      watch.hung,
    ]).finally(watch.stop);
    if (answer?.outcome !== undefined) return answer.outcome;
    await this.close();
    const [begun = 0, hasFault = 0] = this.notes;
    const { seed } = inputs;
    const path = inputs.path ?? String(begun - 1);
    const what = hasFault
      ? `An input had a fault, and one that was made smaller from it never ends. Seed ${seed}.`
      : `An input never ends. Seed ${seed}, path ${path}: ${await this.input(name, seed, path)}`;
    return { runs: begun, seed, fault: what };
  }

  async close(): Promise<void> {
    const { thread } = this;
    this.thread = null;
    await thread?.terminate();
  }

  private async input(name: string, seed: number, path: string): Promise<string> {
    return (await this.ask({ kind: 'show', name, seed, path })).input ?? '';
  }

  private async ask(order: Order): Promise<Answer> {
    this.thread ??= new Worker(THREAD, {
      workerData: { module: this.module.href, shared: this.shared } satisfies ThreadData,
    });
    const { thread } = this;
    thread.postMessage(order);
    const [answer] = (await once(thread, 'message')) as [Answer];
    return answer;
  }

  /** `hung` when no other input has begun for too long. */
  private watch(): { readonly hung: Promise<null>; readonly stop: () => void } {
    let timer: NodeJS.Timeout | undefined;
    const hung = new Promise<null>((resolve) => {
      let begun = -1;
      let since = performance.now();
      let used = process.cpuUsage();
      timer = setInterval(() => {
        const now = Atomics.load(this.notes, 0);
        if (now !== begun) {
          begun = now;
          since = performance.now();
          used = process.cpuUsage();
          return;
        }
        const { user, system } = process.cpuUsage(used);
        const { processorSeconds, seconds } = this.limits;
        if ((user + system) / 1e6 > processorSeconds || performance.now() - since > seconds * 1000)
          resolve(null);
      }, LOOK_MS);
    });
    return { hung, stop: () => clearInterval(timer) };
  }
}
