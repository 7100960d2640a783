import type { InputPort, OutputPort, Ports } from '../../../src/graph/ports';
import { lossOutput, tensorInput } from '../ports';

export const NEGATIVE_OUTPUT: OutputPort = {
  name: 'negative',
  type: 'negative',
  help: 'Contrastive points ŷ, for a loss functional.',
};

/** Of samplers: y, and what stands for it. */
export const SAMPLER_PORTS: Ports = {
  inputs: [tensorInput('y', 'The observed value that ŷ stands in for.')],
  outputs: [NEGATIVE_OUTPUT],
};

const ENERGY_INPUT: InputPort = {
  name: 'energy',
  type: 'energy',
  help: 'F(x, y), to be low on the data.',
};

const NEGATIVE_INPUT: InputPort = {
  name: 'negative',
  type: 'negative',
  help: 'Contrastive points ŷ: the same energy is evaluated there.',
};

/** Of loss functionals that contrast. */
export const CONTRASTIVE_PORTS: Ports = {
  inputs: [ENERGY_INPUT, NEGATIVE_INPUT],
  outputs: [lossOutput('The loss, averaged over the batch.')],
};

/** Of loss functionals of the data alone. */
export const ENERGY_LOSS_PORTS: Ports = {
  inputs: [ENERGY_INPUT],
  outputs: [lossOutput('The loss, averaged over the batch.')],
};
