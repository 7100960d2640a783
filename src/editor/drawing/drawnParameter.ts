import type { z } from 'zod';
import type { NodeDefinition } from '../../graph/nodeDefinition';
import { parameterMeta } from '../../graph/parameterMeta';

/** What can be drawn, by the parameter that has it as text. */
export const DRAWINGS = ['points', 'digits'] as const;
export type Drawing = (typeof DRAWINGS)[number];

/** The parameter of a node that is drawn, as the others are; null where none is. */
export function drawnParameter(
  { params: schema }: NodeDefinition,
  params: Readonly<Record<string, unknown>>,
): Drawing | null {
  const found = DRAWINGS.find((name) => {
    const field = schema.shape[name] as z.ZodType | undefined;
    const meta = field && parameterMeta(field);
    return (
      meta?.control === 'drawn' &&
      Object.entries(meta.when ?? {}).every(([other, values]) =>
        values.some((value) => value === params[other]),
      )
    );
  });
  return found ?? null;
}
