import { z } from 'zod';
import type { NodeDefinition } from '../../graph/nodeDefinition';
import { parameterMeta } from '../../graph/parameterMeta';
import type { ParameterMeta } from '../../graph/parameterMeta';

/** How a value is edited, with everything the control needs to know. */
export type Control =
  | {
      readonly kind: 'slider';
      readonly limits: NumberLimits;
      readonly range: readonly [number, number];
      readonly scale: 'linear' | 'log';
    }
  | {
      readonly kind: 'number';
      readonly limits: NumberLimits;
      readonly nullable: boolean;
      /** What an empty field stands for. */
      readonly empty: string;
    }
  | {
      readonly kind: 'select';
      readonly options: readonly string[];
      /** Of options whose title is not the option itself in sentence case. */
      readonly titles?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'switch' }
  | {
      readonly kind: 'widths';
      readonly limits: NumberLimits;
      readonly longest: number;
      readonly nullable: boolean;
    }
  | { readonly kind: 'text'; readonly longest: number }
  | { readonly kind: 'markdown'; readonly longest: number };

export interface NumberLimits {
  readonly min: number;
  readonly max: number;
  /** The bounds themselves are out. */
  readonly openMin: boolean;
  readonly openMax: boolean;
  readonly integer: boolean;
  readonly step: number | null;
}

export interface ParameterField {
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly live: boolean;
  readonly unit: string | null;
  readonly control: Control;
  readonly when: ParameterMeta['when'];
  /** What it is shown under; null: with the node's own parameters. */
  readonly heading: string | null;
  readonly defaultValue: unknown;
}

interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
}

const cache = new WeakMap<NodeDefinition, readonly ParameterField[]>();

/** The fields of the inspector for a kind, read off its parameter schema. */
export function parameterFields(definition: NodeDefinition): readonly ParameterField[] {
  const known = cache.get(definition);
  if (known) return known;
  const fields = Object.entries(definition.params.shape).flatMap(
    ([name, schema]) => fieldFor(name, schema as z.ZodType) ?? [],
  );
  cache.set(definition, fields);
  return fields;
}

/** The field of one value; null for what no control can edit. */
export function fieldFor(name: string, schema: z.ZodType): ParameterField | null {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const meta = parameterMeta(schema);
  const control = controlFor(json, meta);
  return control && { ...labelled(name, meta), control, defaultValue: json.default };
}

/** What a field says of itself. */
export function labelled(
  name: string,
  meta: ParameterMeta,
): Omit<ParameterField, 'control' | 'defaultValue'> {
  return {
    name,
    label: meta.label ?? name,
    description: meta.description ?? null,
    live: meta.live === true,
    unit: meta.unit ?? null,
    when: meta.when,
    heading: meta.heading ?? null,
  };
}

/** Whether a field applies, given the values of the others. */
export function isShown(
  { when }: ParameterField,
  params: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(when ?? {}).every(([name, values]) =>
    values.some((value) => value === params[name]),
  );
}

/** The control of a schema: what its `control` says where that fits its type, else what its type suggests. */
function controlFor(json: JsonSchema, meta: ParameterMeta): Control | null {
  const { inner, nullable } = withoutNull(json);
  if (meta.control === 'drawn') return null;
  if (inner.enum !== undefined) {
    return { kind: 'select', options: inner.enum.map(String) };
  }
  switch (inner.type) {
    case 'boolean':
      return { kind: 'switch' };
    case 'string':
      return {
        kind: meta.control === 'markdown' ? 'markdown' : 'text',
        longest: inner.maxLength ?? Infinity,
      };
    case 'array': {
      const items = withoutNull(inner.items ?? {}).inner;
      if (items.type !== 'integer' && items.type !== 'number') return null;
      return {
        kind: 'widths',
        limits: limitsOf(items, meta),
        longest: inner.maxItems ?? Infinity,
        nullable,
      };
    }
    case 'integer':
    case 'number':
      return numberControl(inner, meta, nullable);
    default:
      return null;
  }
}

function numberControl(json: JsonSchema, meta: ParameterMeta, nullable: boolean): Control {
  const limits = limitsOf(json, meta);
  // A slider has no place for "nothing".
  if (nullable || meta.control === 'number' || meta.range === undefined) {
    return { kind: 'number', limits, nullable, empty: meta.empty ?? 'automatic' };
  }
  const scale = meta.scale === 'log' && meta.range[0] > 0 ? 'log' : 'linear';
  return { kind: 'slider', limits, range: meta.range, scale };
}

function withoutNull(json: JsonSchema): { inner: JsonSchema; nullable: boolean } {
  const options = json.anyOf?.filter(({ type }) => type !== 'null') ?? [];
  const [only] = options;
  return only && options.length === 1
    ? { inner: only, nullable: json.anyOf?.length === 2 }
    : { inner: json, nullable: false };
}

function limitsOf(json: JsonSchema, meta: ParameterMeta): NumberLimits {
  return {
    min: json.exclusiveMinimum ?? json.minimum ?? -Infinity,
    max: json.exclusiveMaximum ?? json.maximum ?? Infinity,
    openMin: json.exclusiveMinimum !== undefined,
    openMax: json.exclusiveMaximum !== undefined,
    integer: json.type === 'integer',
    step: meta.step ?? null,
  };
}
