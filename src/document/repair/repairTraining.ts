import type { z } from 'zod';
import { isJsonObject, type JsonObject } from '../json';
import {
  DEFAULT_OPTIMIZERS,
  DEFAULT_TRAINING,
  optimizerSchema,
  scheduleSchema,
  trainingSchema,
  type TrainingSettings,
} from '../schema';
import { shown, type RepairLog } from './repairLog';

/** Each setting that is missing or out of range takes its default. */
export function repairTraining(raw: unknown, log: RepairLog): TrainingSettings {
  const path = 'training';
  if (!isJsonObject(raw)) {
    log.repaired('The document had no training settings; the defaults are used.', { path });
    return DEFAULT_TRAINING;
  }
  const { schedule: usualSchedule } = DEFAULT_TRAINING;
  const parts = {
    optimizer: repairOptimizer(raw['optimizer'], log),
    schedule: repairSettings(
      raw['schedule'],
      scheduleSchema,
      usualSchedule,
      `${path}.schedule`,
      log,
    ),
  };
  return repairSettings({ ...raw, ...parts }, trainingSchema, DEFAULT_TRAINING, path, log);
}

function repairOptimizer(raw: unknown, log: RepairLog): TrainingSettings['optimizer'] {
  const path = 'training.optimizer';
  const kind = isJsonObject(raw) ? raw['kind'] : undefined;
  for (const schema of optimizerSchema.options) {
    const [literal] = schema.shape.kind.values;
    if (kind === literal && literal !== undefined) {
      const repaired = repairSettings(raw, schema, DEFAULT_OPTIMIZERS[literal], path, log);
      return optimizerSchema.parse(repaired);
    }
  }
  const message = `The optimizer was ${shown(kind ?? raw)}, which Basin does not have; it is now ${DEFAULT_TRAINING.optimizer.kind}.`;
  log.repaired(message, { path });
  return DEFAULT_TRAINING.optimizer;
}

function repairSettings<Settings extends JsonObject>(
  raw: unknown,
  schema: z.ZodObject,
  defaults: Settings,
  path: string,
  log: RepairLog,
): Settings {
  const given: JsonObject = isJsonObject(raw) ? raw : {};
  log.ignoreUnknown(given, Object.keys(schema.shape), path);
  const repaired = Object.entries(defaults).map(([key, fallback]): [string, unknown] => {
    const field = schema.shape[key] as z.ZodType;
    const parsed = field.safeParse(given[key]);
    if (parsed.success) return [key, parsed.data];
    const was = given[key] === undefined ? 'was missing' : `was ${shown(given[key])}, out of range`;
    log.repaired(`The training setting "${key}" ${was}; it is now ${shown(fallback)}.`, {
      path: `${path}.${key}`,
    });
    return [key, fallback];
  });
  return Object.fromEntries(repaired) as Settings;
}
