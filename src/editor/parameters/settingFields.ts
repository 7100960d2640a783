import { z } from 'zod';
import { trainingSchema } from '../../document/schema';
import { asVariant } from '../../document/trainingVariants';
import { parameterMeta } from '../../graph/parameterMeta';
import { fieldFor, isShown, labelled } from './parameterFields';
import type { ParameterField } from './parameterFields';

type Settings = Readonly<Record<string, unknown>>;

/** One row of the inspector: a setting, and where it is within the training settings. */
export interface SettingField {
  readonly path: readonly string[];
  readonly field: ParameterField;
  readonly value: unknown;
  /** The settings with another value there. */
  with(value: unknown): Settings;
}

/**
 * The rows for these settings, read off their schema: a control for each plain value, the parts of an object one after the
 * other, and for a choice of several kinds (a discriminated union) the kind, then what the present kind has.
 */
export function settingFields(
  settings: Settings,
  schema: z.ZodObject = trainingSchema,
): readonly SettingField[] {
  return Object.entries(schema.shape).flatMap(([name, part]): readonly SettingField[] => {
    const value = settings[name];
    const put = (next: unknown): Settings => ({ ...settings, [name]: next });
    if (part instanceof z.ZodDiscriminatedUnion) return variantFields(name, part, value, put);
    if (part instanceof z.ZodObject)
      return within(name, settingFields(asSettings(value), part), put);
    const field = fieldFor(name, part as z.ZodType);
    return field && isShown(field, settings) ? [{ path: [name], field, value, with: put }] : [];
  });
}

function variantFields(
  name: string,
  union: z.ZodDiscriminatedUnion,
  value: unknown,
  put: (next: unknown) => Settings,
): readonly SettingField[] {
  const current = asSettings(value);
  const key = union.def.discriminator;
  const variants = union.options.flatMap((option) => {
    if (!(option instanceof z.ZodObject)) return [];
    const literal = option.shape[key] as z.ZodType;
    return literal instanceof z.ZodLiteral
      ? [{ kind: String(literal.value), option, title: parameterMeta(option).label }]
      : [];
  });
  const titles = Object.fromEntries(variants.map(({ kind, title }) => [kind, title ?? kind]));
  const control = { kind: 'select', options: variants.map(({ kind }) => kind), titles } as const;
  const choice: SettingField = {
    path: [name],
    field: { ...labelled(name, parameterMeta(union)), control, defaultValue: undefined },
    value: current[key],
    with: (kind) => put(asVariant(name, current, kind) ?? current),
  };
  const present = variants.find(({ kind }) => kind === current[key]);
  if (present === undefined) return [choice];
  const { [key]: _, ...shape } = present.option.shape;
  const parts = settingFields(current, z.object(shape));
  return [choice, ...within(name, parts, put)];
}

function within(
  name: string,
  fields: readonly SettingField[],
  put: (next: unknown) => Settings,
): readonly SettingField[] {
  return fields.map((inner) => ({
    ...inner,
    path: [name, ...inner.path],
    with: (value) => put(inner.with(value)),
  }));
}

function asSettings(value: unknown): Settings {
  return typeof value === 'object' && value !== null ? (value as Settings) : {};
}
