import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Measurement, MeasuringTask } from './measureTemplate';

const PROCESS = fileURLToPath(new URL('./measuringProcess.ts', import.meta.url));

/** Measures templates in processes of their own, as many at once as there are cores. */
export class MeasuringPool {
  private readonly idle: ChildProcess[] = [];
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(private readonly size = availableParallelism()) {}

  /** Begun in the order of the calls. Rejects when the process dies without an answer. */
  async measure(task: MeasuringTask): Promise<Measurement> {
    if (this.running < this.size) this.running++;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await this.measureInProcess(task);
    } finally {
      // The place goes to the next in line, or is free again.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }

  /** Ends the processes, once nothing is measured any more. */
  close(): void {
    for (const child of this.idle.splice(0)) child.kill();
  }

  /** In one that has answered before, where there is one: starting takes as long as training a small template. */
  private async measureInProcess(task: MeasuringTask): Promise<Measurement> {
    // TypeScript is transformed as it is imported; errors go to the terminal of the parent.
    const child = this.idle.pop() ?? fork(PROCESS, { execArgv: ['--import', 'tsx'] });
    const stopped = new AbortController();
    const { signal } = stopped;
    try {
      const answered = once(child, 'message', { signal });
      const died = once(child, 'exit', { signal }).then(() => {
        throw new Error(`The process that measured ${task.slug} ended without an answer.`);
      });
      child.send(task);
      const [measurement] = (await Promise.race([answered, died])) as [Measurement];
      this.idle.push(child);
      return measurement;
    } finally {
      stopped.abort();
    }
  }
}
