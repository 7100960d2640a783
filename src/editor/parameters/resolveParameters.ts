import type { z } from 'zod';
import type { DocumentNode } from '../../document/schema';
import type { NodeDefinition } from '../../graph/nodeDefinition';

type Resolved = Readonly<Record<string, unknown>>;

const cache = new WeakMap<
  DocumentNode['params'],
  { definition: NodeDefinition; value: Resolved }
>();

/**
 * The parameters in force: what the document says, defaults for the rest. A value that the schema refuses falls back
 * to its default, so that a node with a fault can still be drawn and mended; the fault itself is reported by the
 * analysis. The same `params` object gives the same result object.
 */
export function resolveParameters(
  definition: NodeDefinition,
  params: DocumentNode['params'],
): Resolved {
  const known = cache.get(params);
  if (known?.definition === definition) return known.value;
  const value = resolve(definition, params);
  cache.set(params, { definition, value });
  return value;
}

function resolve(definition: NodeDefinition, params: DocumentNode['params']): Resolved {
  const whole = definition.params.safeParse(params);
  if (whole.success) return whole.data;
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(definition.params.shape)) {
    const field = schema as z.ZodType;
    const given = field.safeParse(params[name]);
    const parsed = given.success ? given : field.safeParse(undefined);
    if (parsed.success) values[name] = parsed.data;
  }
  return values;
}

/** The default of one parameter, or undefined when it has none. */
export function defaultParameter(definition: NodeDefinition, name: string): unknown {
  const field = definition.params.shape[name] as z.ZodType | undefined;
  const parsed = field?.safeParse(undefined);
  return parsed?.success === true ? parsed.data : undefined;
}
