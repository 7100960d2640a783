import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Measurement, MeasuringTask } from './measureTemplate';

const PROCESS = fileURLToPath(new URL('./measuringProcess.ts', import.meta.url));

/** Measures templates in processes of their own, as many at once as there are cores. */
export class MeasuringPool {
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(private readonly size = availableParallelism()) {}

  /** Begun in the order of the calls. Rejects when the process dies without an answer. */
  async measure(task: MeasuringTask): Promise<Measurement> {
    if (this.running < this.size) this.running++;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await measureInProcess(task);
    } finally {
      // The place goes to the next in line, or is free again.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}

async function measureInProcess(task: MeasuringTask): Promise<Measurement> {
  // TypeScript is transformed as it is imported; errors go to the terminal of the parent.
  const child = fork(PROCESS, [JSON.stringify(task)], { execArgv: ['--import', 'tsx'] });
  try {
    const [measurement] = (await Promise.race([once(child, 'message'), died(child, task)])) as [
      Measurement,
    ];
    return measurement;
  } finally {
    child.kill();
  }
}

async function died(child: ChildProcess, { slug }: MeasuringTask): Promise<never> {
  await once(child, 'exit');
  throw new Error(`The process that measured ${slug} ended without an answer.`);
}
