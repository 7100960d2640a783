import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatEntered } from '../../core/formatNumber';
import { list, text } from '../../core/schemas';
import { defineNode, inferred } from '../../graph/nodeDefinition';
import {
  parseNumber,
  parseWidths,
  stepNumber,
  understoodNumber,
  understoodWidths,
} from './numberText';
import { isShown, parameterFields } from './parameterFields';
import { sliderPosition, sliderValue, SLIDER_STEPS } from './sliderScale';

const definition = defineNode({
  kind: 'test.fields',
  category: 'op',
  title: 'Fields',
  help: '',
  source: 'test',
  params: z.object({
    weight: z
      .number()
      .min(0)
      .max(1e6)
      .default(1)
      .meta({
        label: 'Weight',
        live: true,
        range: [0, 50],
        control: 'slider',
      }),
    rate: z
      .number()
      .positive()
      .default(0.1)
      .meta({ range: [1e-4, 1], scale: 'log', unit: '1/step' }),
    count: z.number().int().min(1).max(10).default(4),
    noise: z
      .number()
      .min(0)
      .nullable()
      .default(null)
      .meta({ range: [0, 1] }),
    mode: z.enum(['a', 'b']).default('a').meta({ description: 'Which.' }),
    on: z.boolean().default(false),
    widths: list(z.number().int().min(1).max(8192), { max: 3 }).nullable().default(null),
    text: text({ max: 100 }).default('').meta({ control: 'markdown' }),
    name: z.string().default(''),
    extra: z
      .number()
      .default(0)
      .meta({ when: { mode: ['b'], on: [true] } }),
  }),
  ports: () => ({ inputs: [], outputs: [] }),
  time: 'aware',
  infer: () => inferred({}),
  lower: () => ({}),
});

const field = (name: string) => {
  const found = parameterFields(definition).find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

describe('parameterFields', () => {
  it('keeps the order of the schema', () => {
    expect(parameterFields(definition).map(({ name }) => name)).toEqual(
      Object.keys(definition.params.shape),
    );
  });

  it('maps numbers with a range to sliders, others to number fields', () => {
    expect(field('weight')).toMatchObject({
      label: 'Weight',
      live: true,
      defaultValue: 1,
      control: { kind: 'slider', range: [0, 50], scale: 'linear', limits: { min: 0, max: 1e6 } },
    });
    expect(field('rate')).toMatchObject({
      unit: '1/step',
      live: false,
      control: { kind: 'slider', scale: 'log', limits: { min: 0, openMin: true } },
    });
    expect(field('count').control).toMatchObject({ kind: 'number', limits: { integer: true } });
  });

  it('gives what may be empty a number field, even with a range', () => {
    expect(field('noise').control).toMatchObject({ kind: 'number', nullable: true });
    expect(field('widths').control).toMatchObject({
      kind: 'widths',
      nullable: true,
      longest: 3,
      limits: { min: 1, max: 8192, integer: true },
    });
  });

  it('maps choices, switches and text', () => {
    expect(field('mode')).toMatchObject({
      description: 'Which.',
      control: { kind: 'select', options: ['a', 'b'] },
    });
    expect(field('on').control).toEqual({ kind: 'switch' });
    expect(field('text').control).toEqual({ kind: 'markdown', longest: 100 });
    expect(field('name').control).toEqual({ kind: 'text', longest: Infinity });
  });

  it('shows a field only while all its conditions hold', () => {
    expect(isShown(field('extra'), { mode: 'b', on: true })).toBe(true);
    expect(isShown(field('extra'), { mode: 'b', on: false })).toBe(false);
    expect(isShown(field('weight'), {})).toBe(true);
  });
});

describe('number fields', () => {
  const limits = { min: 0, max: 10, openMin: true, openMax: false, integer: false, step: null };

  it('understand commas, minus signs and exponents, and say what is wrong', () => {
    expect(parseNumber(' 2,5 ', limits)).toEqual({ ok: true, value: 2.5 });
    expect(parseNumber('1e-3', limits)).toEqual({ ok: true, value: 0.001 });
    expect(parseNumber('−1', limits)).toEqual({ ok: false, message: 'Must be more than 0.' });
    expect(parseNumber('11', limits)).toEqual({ ok: false, message: 'Must be at most 10.' });
    expect(parseNumber('', limits).ok).toBe(false);
    expect(parseNumber('2.5', { ...limits, integer: true })).toEqual({
      ok: false,
      message: 'Enter a whole number.',
    });
  });

  it('say what they read where that is not plain to see', () => {
    expect(understoodNumber('1e-3', 0.001)).toBeNull();
    expect(understoodNumber(' 64 ', 64)).toBeNull();
    expect(understoodNumber('1,024', 1024)).toBe('1024');
    expect(understoodWidths('64, 128', [64, 128])).toBeNull();
    expect(understoodWidths('64,128', [64, 128])).toBe('64, 128');
  });

  it('read lists of widths', () => {
    const whole = { ...limits, max: 8192, integer: true };
    expect(parseWidths('128, 64 32', whole, 4)).toEqual({ ok: true, value: [128, 64, 32] });
    expect(parseWidths('', whole, 4)).toEqual({ ok: true, value: [] });
    expect(parseWidths('1 2 3', whole, 2).ok).toBe(false);
    expect(parseWidths('64, x', whole, 4)).toMatchObject({ ok: false });
    expect(parseWidths('64,128', whole, 4)).toEqual({ ok: true, value: [64, 128] });
    expect(parseWidths('1,024; 64', whole, 4)).toEqual({ ok: true, value: [1024, 64] });
    expect(parseWidths('0,5; 1,5', limits, 4)).toEqual({ ok: true, value: [0.5, 1.5] });
    expect(parseWidths('1,024', whole, 4)).toEqual({
      ok: false,
      message: 'Commas part the numbers: thousands have none. “024”?',
    });
  });

  it('step by what suits the size and stay within limits', () => {
    expect(stepNumber(0.5, 1, limits)).toBe(0.51);
    expect(stepNumber(3, 1, { ...limits, integer: true })).toBe(4);
    expect(stepNumber(10, 1, limits)).toBe(10);
    expect(stepNumber(1, -1, { ...limits, integer: true })).toBe(1);
  });

  it('print without binary noise', () => {
    expect(formatEntered(0.1 + 0.2)).toBe('0.3');
  });
});

describe('sliders', () => {
  const control = (name: string) => {
    const { control: found } = field(name);
    if (found.kind !== 'slider') throw new Error(name);
    return found;
  };

  it('reach both ends exactly and go evenly in between, by sums or by factors', () => {
    expect(sliderValue(0, control('weight'))).toBe(0);
    expect(sliderValue(SLIDER_STEPS, control('weight'))).toBe(50);
    expect(sliderValue(SLIDER_STEPS / 2, control('weight'))).toBe(25);
    expect(sliderValue(SLIDER_STEPS / 2, control('rate'))).toBe(0.01);
  });

  it('find the position of a value, and stop at the ends for values beyond', () => {
    expect(sliderPosition(25, control('weight'))).toBe(SLIDER_STEPS / 2);
    expect(sliderPosition(0.01, control('rate'))).toBe(SLIDER_STEPS / 2);
    expect(sliderPosition(1000, control('weight'))).toBe(SLIDER_STEPS);
    expect(sliderPosition(0, control('rate'))).toBe(0);
  });
});
