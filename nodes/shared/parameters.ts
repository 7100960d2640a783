import { z } from 'zod';

/** λ of a term: the compiler multiplies the term of a node by its live parameter of this name. */
export function weightParameter(initial = 1) {
  return z
    .number()
    .min(0)
    .max(1e6)
    .default(initial)
    .meta({
      label: 'Weight',
      description: 'The factor λ of this term in the objective.',
      live: true,
      range: [0, 50],
      control: 'slider',
    });
}

/** Whether a view also acts on held-out data, where it is off as a rule (docs/semantics.md §9). */
export function inEvaluationParameter(initial = false) {
  return z.boolean().default(initial).meta({
    label: 'In evaluation too',
    description: 'Also change held-out data, not only training batches.',
    control: 'switch',
  });
}

/** A choice with a label and a sentence on what it does. */
export function choiceParameter<const Options extends readonly [string, ...string[]]>(
  options: Options,
  initial: Options[number],
  meta: { label: string; description: string; when?: Readonly<Record<string, readonly string[]>> },
) {
  return z
    .enum(options)
    .default(initial)
    .meta({ control: 'select', ...meta });
}
