import type { InputPort, OutputPort } from '../../src/graph/ports';

export function tensorInput(
  name: string,
  help: string,
  more: Pick<InputPort, 'optional' | 'variadic'> = {},
): InputPort {
  return { name, type: 'tensor', help, ...more };
}

export function tensorOutput(name: string, help: string): OutputPort {
  return { name, type: 'tensor', help };
}

/** One scalar a sample. */
export function energyOutput(help: string): OutputPort {
  return { name: 'energy', type: 'energy', help };
}

/** One scalar a batch. */
export function lossOutput(help: string, name = 'loss'): OutputPort {
  return { name, type: 'loss', help };
}

/** Every node with trainable weights has both of these. */
export const WEIGHTS_INPUT: InputPort = {
  name: 'weights',
  type: 'weights',
  optional: true,
  help: 'Use the weights of another module instead of own ones.',
};

export const WEIGHTS_OUTPUT: OutputPort = {
  name: 'weights',
  type: 'weights',
  help: 'The weights, for other modules to share.',
};
