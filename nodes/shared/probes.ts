import type { z } from 'zod';
import { defineNode, inferred, type NodeDefinition } from '../../src/graph/nodeDefinition';
import type { InputPort } from '../../src/graph/ports';
import { tensorInput } from './ports';

type ProbeDefinition<Schema extends z.ZodObject> = Omit<
  NodeDefinition<Schema>,
  'category' | 'time' | 'ports' | 'infer' | 'lower'
> &
  Required<Pick<NodeDefinition<Schema>, 'probe'>> & { readonly inputs: readonly InputPort[] };

/** A probe: it is asked by its own contract, and never to be lowered. Each step of a sequence is a row. */
export function defineProbe<Schema extends z.ZodObject>({
  inputs,
  ...definition
}: ProbeDefinition<Schema>): NodeDefinition {
  return defineNode({
    ...definition,
    category: 'probe',
    time: 'fold',
    ports: () => ({ inputs, outputs: [] }),
    infer: () => inferred({}),
    lower: () => ({}),
  });
}

/** Inputs of a probe that predicts. */
export const PREDICTING_INPUTS: readonly InputPort[] = [
  tensorInput('in', 'The representation that is read; no gradient goes into it.'),
  tensorInput('target', 'What is predicted from it. Left open: the labels of the data.', {
    optional: true,
  }),
];
