import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defined } from '../../core/invariant';
import {
  DEFAULT_OPTIMIZERS,
  DEFAULT_TRAINING,
  optimizerSchema,
  trainingSchema,
} from '../../document/schema';
import type { TrainingSettings } from '../../document/schema';
import { settingFields } from './settingFields';

const row = (path: string, settings: TrainingSettings = DEFAULT_TRAINING) =>
  defined(
    settingFields(settings).find((setting) => setting.path.join('.') === path),
    path,
  );

describe('settingFields', () => {
  it('has a row with words and limits for every setting of the schema', () => {
    const fields = settingFields(DEFAULT_TRAINING).map(({ field }) => field);
    expect(fields.map(({ label }) => label)).toEqual([
      'Learning rate',
      'Steps',
      'Batch size',
      'Seed',
      'Optimizer',
      'β₁',
      'β₂',
      'ε',
      'Schedule',
      'Warm-up',
      'Clip gradient',
      'Evaluate every',
    ]);
    expect(row('learningRate').field).toMatchObject({
      live: true,
      control: { kind: 'slider', range: [1e-5, 1], scale: 'log', limits: { min: 0, max: 1e3 } },
    });
    expect(row('batchSize').field.control).toMatchObject({
      limits: { min: 1, max: 65_536, integer: true },
    });
    expect(row('clipNorm').field.control).toMatchObject({ nullable: true, empty: 'off' });
    expect(row('optimizer.beta1').field.control).toMatchObject({
      limits: { min: 0, max: 1, openMax: true },
    });
  });

  it('shows a new setting that the schema names, and nothing else knows', () => {
    const tide = z
      .number()
      .int()
      .min(2)
      .max(9)
      .meta({ label: 'Tide', unit: 'm', range: [3, 5] });
    const anchor = z.object({ chain: z.boolean().meta({ label: 'Chain' }) });
    const schema = trainingSchema.extend({ tide, anchor });
    const settings = { ...DEFAULT_TRAINING, tide: 4, anchor: { chain: false } };
    const [first, second] = settingFields(settings, schema).slice(-2);
    expect(first).toMatchObject({
      path: ['tide'],
      value: 4,
      field: {
        label: 'Tide',
        unit: 'm',
        control: { kind: 'slider', range: [3, 5], limits: { min: 2, max: 9, integer: true } },
      },
    });
    expect(first?.with(5)).toEqual({ ...settings, tide: 5 });
    expect(second).toMatchObject({
      path: ['anchor', 'chain'],
      field: { control: { kind: 'switch' } },
    });
    expect(second?.with(true)).toEqual({ ...settings, anchor: { chain: true } });
  });

  it('offers every optimizer by its name, with the defaults of the document', () => {
    const kinds = optimizerSchema.options.map(({ shape }) => shape.kind.value);
    const { control } = row('optimizer').field;
    expect(control).toMatchObject({ options: kinds, titles: { sgd: 'SGD', adamw: 'AdamW' } });
    for (const kind of kinds) {
      expect(row('optimizer').with(kind)['optimizer']).toEqual(DEFAULT_OPTIMIZERS[kind]);
    }
  });

  it('keeps what two optimizers share', () => {
    const optimizer = { ...DEFAULT_OPTIMIZERS.adam, beta1: 0.5 };
    const changed = row('optimizer', { ...DEFAULT_TRAINING, optimizer }).with('adamw');
    expect(changed['optimizer']).toEqual({ ...DEFAULT_OPTIMIZERS.adamw, beta1: 0.5 });
    expect(row('optimizer').with('no such')).toEqual(DEFAULT_TRAINING);
  });

  it('shows what applies only, and puts a part in its place', () => {
    const schedule = { ...DEFAULT_TRAINING.schedule, kind: 'cosine' as const };
    const cosine = { ...DEFAULT_TRAINING, schedule };
    expect(row('schedule.finalFraction', cosine).with(0.5)).toEqual({
      ...cosine,
      schedule: { ...schedule, finalFraction: 0.5 },
    });
    expect(() => row('schedule.finalFraction')).toThrow();
  });
});
