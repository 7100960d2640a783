/** What `measuringPool.ts` starts: measures the template of its first argument, and sends what it found. */
import { measureTemplate, type MeasuringTask } from './measureTemplate';

const task = JSON.parse(process.argv[2] ?? '') as MeasuringTask;
process.send?.(await measureTemplate(task));
