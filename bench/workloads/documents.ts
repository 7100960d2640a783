import {
  DEFAULT_TRAINING,
  emptyDocument,
  type BasinDocument,
  type ParameterValue,
} from '../../src/document/schema';
import { ADAM, SEARCH, VICREG, type ModelOf, type SearchingModel } from './workload';

/** The kind of the node that gives the workload's batch, one output an array. */
export const BATCH_KIND = 'bench.batch';

type Drawn = readonly [kind: string, params: Record<string, ParameterValue>];

interface Sketch {
  /** By the id of the node. */
  readonly nodes: Readonly<Record<string, Drawn>>;
  /** Source node, its port, target node, its port. */
  readonly edges: readonly (readonly [string, string, string, string])[];
}

/**
 * The graph of a model as a user would draw it. What trains is named as in `makeArrays`: the weights of the node
 * `encoderX` are `encoderX/…`.
 */
export function workloadDocument(model: SearchingModel): BasinDocument {
  const { nodes, edges } = sketch(model);
  return {
    ...emptyDocument('Benchmark'),
    nodes: Object.entries(nodes).map(([id, [kind, params]]) => {
      return { id, kind, label: id, position: { x: 0, y: 0 }, params };
    }),
    edges: edges.map(([source, sourcePort, target, targetPort], index) => {
      return { id: `edge${index}`, source, sourcePort, target, targetPort };
    }),
    training: {
      ...DEFAULT_TRAINING,
      batchSize: model.batch,
      learningRate: ADAM.learningRate,
      optimizer: { kind: 'adam', beta1: ADAM.beta1, beta2: ADAM.beta2, epsilon: ADAM.epsilon },
    },
  };
}

function sketch(model: SearchingModel): Sketch {
  switch (model.kind) {
    case 'jepa':
      return jepa(model);
    case 'langevin':
      return langevin(model);
    case 'sparseCoding':
      return sparseCoding(model);
  }
}

function jepa({ hidden, embedding, latent, steps }: ModelOf<'jepa'>): Sketch {
  const network: Drawn = ['module.mlp', { widths: [hidden], width: embedding }];
  return {
    nodes: {
      batch: [BATCH_KIND, {}],
      encoderX: network,
      encoderY: network,
      predictor: network,
      z: ['latent.continuous', { mode: 'minimize', d: latent, steps, rate: SEARCH.jepa.rate }],
      bound: ['reg.l2', { weight: SEARCH.jepa.bound }],
      error: ['energy.squared', { weight: SEARCH.jepa.error }],
      vicreg: ['reg.vicreg', { variance: VICREG.variance, covariance: VICREG.covariance }],
    },
    edges: [
      ['batch', 'x', 'encoderX', 'in'],
      ['batch', 'y', 'encoderY', 'in'],
      ['encoderX', 'out', 'predictor', 'in'],
      ['z', 'z', 'predictor', 'in'],
      ['z', 'z', 'bound', 'z'],
      ['predictor', 'out', 'error', 'a'],
      ['encoderY', 'out', 'error', 'b'],
      ['encoderX', 'out', 'vicreg', 'z'],
      ['encoderY', 'out', 'vicreg', 'z'],
    ],
  };
}

function langevin({ widths, steps, buffer }: ModelOf<'langevin'>): Sketch {
  const { rate, restart, low, high, alpha } = SEARCH.langevin;
  return {
    nodes: {
      batch: [BATCH_KIND, {}],
      energy: ['energy.scalar', { widths: widths.slice(1, -1), activation: 'silu' }],
      sampler: ['negative.langevin', { steps, rate, buffer, restart, low, high, beta: 1 }],
      likelihood: ['loss.nll', { alpha }],
    },
    edges: [
      ['batch', 'y', 'energy', 'in'],
      ['batch', 'y', 'sampler', 'y'],
      ['energy', 'energy', 'likelihood', 'energy'],
      ['sampler', 'negative', 'likelihood', 'negative'],
    ],
  };
}

function sparseCoding({ pixels, atoms, steps }: ModelOf<'sparseCoding'>): Sketch {
  const { rate, penalty } = SEARCH.sparseCoding;
  return {
    nodes: {
      batch: [BATCH_KIND, {}],
      z: ['latent.continuous', { mode: 'minimize', d: atoms, steps, rate }],
      table: ['module.table', { width: pixels, normalise: true }],
      error: ['energy.squared', { reduce: 'sum' }],
      sparsity: ['reg.l1', { weight: penalty }],
    },
    edges: [
      ['z', 'z', 'table', 'in'],
      ['table', 'out', 'error', 'a'],
      ['batch', 'y', 'error', 'b'],
      ['z', 'z', 'sparsity', 'z'],
    ],
  };
}
