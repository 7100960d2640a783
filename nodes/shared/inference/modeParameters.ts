import type { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import type { InferenceStrategy } from '../../../src/graph/inferenceStrategy';
import { parameterMeta } from '../../../src/graph/parameterMeta';
import { choiceParameter } from '../parameters';

/** The `mode` parameter of a free variable: one of the strategies, the first by default. */
export function modeParameter(strategies: readonly InferenceStrategy[]) {
  const [first, ...others] = strategies.map(({ mode }) => mode);
  const summaries = strategies.map(({ summary }) => summary).join(', or ');
  const initial = defined(first, 'strategy');
  return choiceParameter([initial, ...others], initial, {
    label: 'Inference',
    description: `${summaries.charAt(0).toUpperCase()}${summaries.slice(1)}.`,
  });
}

/** The parameters of all strategies, each shown while a mode that has it is chosen. */
export function strategyParameters(
  strategies: readonly InferenceStrategy[],
): Record<string, z.ZodType> {
  const shape: Record<string, z.ZodType> = {};
  for (const { parameters } of strategies) {
    for (const [name, schema] of Object.entries(parameters)) {
      if (shape[name]) continue;
      const modes = strategies.filter((other) => name in other.parameters).map(({ mode }) => mode);
      shape[name] = (schema as z.ZodType).meta({
        ...parameterMeta(schema as z.ZodType),
        when: { mode: modes },
      });
    }
  }
  return shape;
}

/** The strategy that a node's parameters name. */
export function strategyOf(
  strategies: readonly InferenceStrategy[],
  mode: unknown,
): InferenceStrategy {
  return defined(
    strategies.find((strategy) => strategy.mode === mode),
    `strategy ${String(mode)}`,
  );
}
