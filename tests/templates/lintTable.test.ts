import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/compiler/analysis/analyse';
import type { BasinDocument } from '../../src/document/schema';
import { registry } from '../../nodes/index';
import { edited, type Edit } from '../support/documentEdits';
import { caseDocument } from './cases';
import { templateDocument } from './trainTemplate';

/** Findings on collapse, as `code node`, without the common prefix. */
function findings(document: BasinDocument): string[] {
  return analyse(document, registry)
    .diagnostics.filter(({ code }) => code !== 'lint.unused-node')
    .map(({ code, nodeId }) => `${code.replace('lint.', '')} ${nodeId ?? ''}`);
}

const COLLAPSE = 'joint-embedding-collapse';
const DIMENSIONAL = 'dimensional-collapse';

const TABLE: readonly (readonly [
  template: string,
  edits: readonly Edit[],
  found: readonly string[],
])[] = [
  ['parabola', [], ['immune energy']],
  ['parabola', ['+ points.y -> predictor.in'], ['identity-collapse energy']],
  ['pca', ['encoder.width=64'], ['identity-collapse energy']],
  ['bottleneck-autoencoder', ['encoder.width=63'], ['immune energy']],
  ['denoising-autoencoder', ['noise.strength=0'], ['identity-collapse energy']],
  ['masked-autoencoder', ['mask.ratio=0'], ['identity-collapse energy']],
  ['mae-mnist', [], ['immune energy']],
  ['infonce', [], []],
  ['barlow-twins', [], []],
  ['barlow-twins', ['barlow is energy.squared'], [`${COLLAPSE} barlow`]],
  ['simsiam', [], []],
  ['simsiam', ['bypass stopB'], [`${COLLAPSE} cosineA`]],
  ['simsiam', ['predictorA.normalisation=none', 'predictorB.normalisation=none'], []],
  [
    'simsiam',
    ['bypass predictorA', 'bypass predictorB'],
    [`${COLLAPSE} cosineA`, `${COLLAPSE} cosineB`],
  ],
  ['byol', [], []],
  ['byol', ['bypass predictorA'], [`${COLLAPSE} cosineA`]],
  ['sigreg', [], []],
  ['sigreg', ['sigreg.weight=0'], [`${COLLAPSE} invariance`]],
  ['ellipse', [], []],
  ['kmeans', [], ['immune energy']],
  ['gaussian-mixture', [], []],
  ['sparse-coding', [], ['immune reconstruction']],
  ['sparse-coding', ['sparsity.weight=0'], ['latent-collapse z']],
  ['joint-embedding-collapse', [], [`${COLLAPSE} energy`]],
  // Nothing trains the distance any more, so nothing makes it collapse.
  ['joint-embedding-collapse', ['energy.weight=0'], []],
  ['vicreg', [], []],
  ['vicreg', ['vicreg.covariance=0'], [`${DIMENSIONAL} invariance`]],
  ['vicreg', ['vicreg.variance=0'], [`${COLLAPSE} invariance`]],
  ['vicreg', ['vicreg.variance=0', 'vicreg.covariance=0'], [`${COLLAPSE} invariance`]],
  ['vicreg', ['bypass vicreg'], [`${COLLAPSE} invariance`]],
  ['vicreg', ['training.batchSize=1'], ['batch-too-small vicreg']],
  ['vicreg', ['- expanderA.out -> vicreg.z'], []],
  ['vicreg', ['- expanderB.out -> vicreg.z'], []],
  ['jepa', [], []],
  ['jepa', ['- encoderX.out -> vicreg.z'], []],
  ['jepa', ['- encoderY.out -> vicreg.z'], [`${COLLAPSE} energy`]],
  ['jepa', ['bypass vicreg'], [`${COLLAPSE} energy`]],
  ['jepa', ['vicreg.covariance=0'], [`${DIMENSIONAL} energy`]],
  ['jepa', ['bound.weight=0'], []],
  ['jepa', ['bound.weight=0', 'z.d=32'], ['latent-collapse z']],
  ['jepa', ['bypass bound', 'z.d=32'], ['latent-collapse z']],
  ['jepa', ['z.d=32'], []],
  ['jepa-amortized', [], []],
  ['jepa-amortized', ['bypass vicreg'], [`${COLLAPSE} energy`]],
  ['h-jepa', [], []],
  ['h-jepa', ['bypass vicreg1'], []],
  ['h-jepa', ['bypass vicreg2'], [`${COLLAPSE} energy2`]],
  ['h-jepa', ['bypass vicreg1', 'bypass vicreg2'], [`${COLLAPSE} energy1`, `${COLLAPSE} energy2`]],
  [
    'h-jepa',
    ['bypass vicreg1', 'vicreg2.covariance=0'],
    [`${DIMENSIONAL} energy1`, `${DIMENSIONAL} energy2`],
  ],
  // Two numbers of the latent are less than a state of level 2 has, and more are bounded by the penalty or by what leaves them out.
  ['h-jepa', ['bypass part2', 'bound2.weight=0'], []],
  ['h-jepa', ['bypass part2', 'z2.d=16', 'rest2.d=16'], []],
  ['h-jepa', ['bound2.weight=0', 'z2.d=16', 'rest2.d=16'], []],
  ['h-jepa', ['bypass part2', 'bound2.weight=0', 'z2.d=16', 'rest2.d=16'], ['latent-collapse z2']],
  // Each sample has eight states: rows enough for a variance.
  ['h-jepa', ['training.batchSize=1'], []],
  ['i-jepa', [], []],
  ['i-jepa', ['bypass vicreg'], []],
  ['i-jepa', ['delete ema'], [`${COLLAPSE} energy`]],
  ['i-jepa', ['bypass predictor'], []],
  ['slow-features', [], []],
  ['slow-features', ['vicreg.covariance=0'], [`${DIMENSIONAL} energy`]],
  ['slow-features', ['bypass vicreg'], [`${COLLAPSE} energy`]],
  ['world-model', [], []],
  ['world-model', ['vicreg.covariance=0'], [`${DIMENSIONAL} energy`]],
  // To guess an action takes differences of states: their variance is not seen by it, but for what an action changes.
  ['world-model', ['bypass vicreg'], [`${COLLAPSE} energy`]],
  ['boltzmann-machine', [], []],
  ['hopfield', [], []],
  ['restricted-boltzmann-machine', [], []],
  ['siamese-hinge', [], []],
  ['siamese-hinge', ['bypass hinge'], [`${COLLAPSE} energy`]],
  ['langevin-nll', [], []],
  ['langevin-nll', ['bypass nll'], ['flat-energy energy']],
  ['score-matching', [], []],
  ['score-matching', ['bypass matching'], ['flat-energy energy']],
  ['energy-gan', [], []],
  ['energy-gan', ['bypass adversarial'], ['identity-collapse energy']],
  ['variational-autoencoder', [], ['immune reconstruction']],
  ['variational-autoencoder', ['z.weight=0'], ['immune reconstruction']],
  ['variational-autoencoder', ['mean.width=64', 'logVariance.width=64'], ['immune reconstruction']],
  [
    'variational-autoencoder',
    ['mean.width=64', 'logVariance.width=64', 'z.weight=0'],
    ['identity-collapse reconstruction'],
  ],
  [
    'variational-autoencoder',
    ['mean.width=64', 'logVariance.width=64', 'z.weight=0', 'encoder.width=32'],
    ['immune reconstruction'],
  ],
];

const CASES: readonly (readonly [file: string, found: readonly string[]])[] = [
  ['vicreg-on-encoders', [`${COLLAPSE} invariance`]],
  ['jepa-x-only', [`${COLLAPSE} energy`]],
  ['h-jepa-without-vicreg1', []],
  ['h-jepa-without-vicreg2', [`${COLLAPSE} energy2`]],
];

describe('lint of templates and their ablations', () => {
  it.each(TABLE)('%s with %j: %j', async (template, edits, found) => {
    expect(findings(edited(await templateDocument(template), edits))).toEqual(found);
  });
});

describe('lint of documents that went wrong', () => {
  it.each(CASES)('%s: %j', async (file, found) => {
    expect(findings(await caseDocument(file))).toEqual(found);
  });
});
