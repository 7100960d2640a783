/** What `measuringPool.ts` starts: measures each template that it is sent, one after the other, and sends what it found. */
import { measureTemplate, type MeasuringTask } from './measureTemplate';

process.on('message', (task: MeasuringTask) => void answer(task));

/** A failure ends the process, which its parent takes for one. */
async function answer(task: MeasuringTask): Promise<void> {
  process.send?.(await measureTemplate(task));
}
