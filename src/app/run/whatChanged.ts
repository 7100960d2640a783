import { documentChange } from '../../compiler/programs/documentChange';
import type { BasinDocument, TrainingSettings } from '../../document/schema';
import type { Registry } from '../../graph/registry';

/** The settings that programs are made of, as they stand in a sentence. */
const SETTINGS: Readonly<
  Record<Exclude<keyof TrainingSettings, 'learningRate' | 'evaluateEvery'>, string>
> = {
  seed: 'seed',
  batchSize: 'batch size',
  optimizer: 'optimizer',
  schedule: 'schedule of the learning rate',
  clipNorm: 'limit of the gradient',
  steps: 'number of steps',
};

/** What differs between the graph that was compiled and the one that is there, as a sentence begins: “The graph and the seed”. */
export function whatChanged(
  compiled: BasinDocument,
  now: BasinDocument,
  registry: Registry,
): string {
  const isGraph = documentChange({ ...compiled, training: now.training }, now, registry).lowers;
  const settings = changedSettings(compiled.training, now.training);
  const [first = 'graph', ...more] = [...(isGraph ? ['graph'] : []), ...settings];
  const last = more.pop();
  if (last === undefined) return `The ${first}`;
  return `The ${[first, ...more].join(', the ')} and the ${last}`;
}

function changedSettings(before: TrainingSettings, after: TrainingSettings): string[] {
  const keys = Object.keys(SETTINGS) as (keyof typeof SETTINGS)[];
  // Only to a schedule it matters how long a run is.
  const isScheduled = [before, after].every(({ schedule }) => schedule.kind !== 'constant');
  return keys
    .filter((key) => key !== 'steps' || isScheduled)
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => SETTINGS[key]);
}
