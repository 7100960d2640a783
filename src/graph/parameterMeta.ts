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
  /** Slider range where it is narrower than what is allowed. */
  readonly range?: readonly [number, number];
  readonly scale?: 'linear' | 'log';
  readonly step?: number;
  readonly unit?: string;
  /** What an empty field stands for, where there may be nothing. */
  readonly empty?: string;
  readonly control?: 'slider' | 'number' | 'text' | 'markdown' | 'select' | 'switch' | 'widths';
  /** Shown only while another parameter has one of these values. */
  readonly when?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
}

export function parameterMeta(schema: z.ZodType): ParameterMeta {
  return schema.meta() ?? {};
}

/** Names of the parameters that can change while training. */
export function liveParameters(definition: NodeDefinition): string[] {
  return Object.entries(definition.params.shape)
    .filter(([, schema]) => parameterMeta(schema as z.ZodType).live === true)
    .map(([name]) => name);
}
