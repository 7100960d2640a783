import type { z } from 'zod';
import type { NodeDefinition } from './nodeDefinition';

/**
 * What a parameter's zod schema may say of itself through `.meta()`. It appears in the JSON Schema too, so the
 * inspector, the command line and other tools read one source.
 */
export interface ParameterMeta {
  /** Sentence case. */
  readonly label?: string;
  readonly description?: string;
  /** May change while training, without recompiling. */
  readonly live?: boolean;
  /** Of a live one: at this value a program leaves it out, so that only leaving the value compiles anew. */
  readonly neutral?: number;
  /** Slider range where it is narrower than what is allowed. */
  readonly range?: readonly [number, number];
  readonly scale?: 'linear' | 'log';
  readonly step?: number;
  readonly unit?: string;
  /** What an empty field stands for, where there may be nothing. */
  readonly empty?: string;
  /** `drawn`: by a part of the inspector of its own. */
  readonly control?:
    'drawn' | 'slider' | 'number' | 'text' | 'markdown' | 'select' | 'switch' | 'widths';
  /** What the inspector shows it under, where that is not the node's own parameters. */
  readonly heading?: string;
  /** Shown only while another parameter has one of these values. */
  readonly when?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
}

export function parameterMeta(schema: z.ZodType): ParameterMeta {
  return schema.meta() ?? {};
}

/** The value of a live parameter that programs leave out; null where there is none. */
export function neutralValue(definition: NodeDefinition, name: string): number | null {
  const schema = definition.params.shape[name] as z.ZodType | undefined;
  return (schema && parameterMeta(schema).neutral) ?? null;
}

const liveNames = new WeakMap<NodeDefinition, readonly string[]>();

/** Names of the parameters that can change while training. */
export function liveParameters(definition: NodeDefinition): readonly string[] {
  const known = liveNames.get(definition);
  if (known !== undefined) return known;
  const names = Object.entries(definition.params.shape)
    .filter(([, schema]) => parameterMeta(schema as z.ZodType).live === true)
    .map(([name]) => name);
  liveNames.set(definition, names);
  return names;
}
