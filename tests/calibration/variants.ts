import type { Verdict } from '../../src/probing/report';
import type { SketchName } from './sketches';

/** A template, a document of tests/cases or a sketch, changed or not, with what lint and verdict should say of it. */
export interface Variant {
  readonly name: string;
  readonly from:
    { readonly template: string } | { readonly case: string } | { readonly sketch: SketchName };
  /** As `--set` of the command line: `NODE.PARAMETER=VALUE`. */
  readonly set?: readonly string[];
  /** Nodes that are bypassed. */
  readonly bypass?: readonly string[];
  readonly steps: number;
  /** Codes of the warnings before training, in any order. */
  readonly warnings: readonly string[];
  /** At the end of the run; several where seeds may differ. */
  readonly verdict: Verdict | readonly Verdict[];
}

const JOINT = 'lint.joint-embedding-collapse';
const DIMENSIONAL = 'lint.dimensional-collapse';
const LATENT = 'lint.latent-collapse';
const IDENTITY = 'lint.identity-collapse';
const FLAT = 'lint.flat-energy';

const vicreg = { template: 'vicreg' };
const jepa = { template: 'jepa' };
const hJepa = { template: 'h-jepa' };
const vae = { template: 'variational-autoencoder' };
const views = (strength: number): string[] =>
  ['gainA', 'noiseA', 'gainB', 'noiseB'].map((node) => `${node}.strength=${strength}`);

// prettier-ignore
export const VARIANTS: readonly Variant[] = [
  { name: 'parabola', from: { template: 'parabola' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'vicreg', from: vicreg, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'jepa', from: jepa, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'jepa, R(z) × 3', from: jepa, set: ['bound.weight=3'], steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'jepa, R(z) × 30', from: jepa, set: ['bound.weight=30'], steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'jepa, R(z) off, z of 4', from: jepa, set: ['bound.weight=0'], steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'h-jepa', from: hJepa, steps: 600, warnings: [], verdict: 'healthy' },
  { name: 'h-jepa, VICReg on level 2 only', from: { case: 'h-jepa-without-vicreg1' }, steps: 600, warnings: [], verdict: 'healthy' },
  { name: 'variational-autoencoder', from: vae, steps: 1800, warnings: [], verdict: 'healthy' },
  { name: 'SimSiam with BatchNorm', from: { sketch: 'simsiam' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'InfoNCE', from: { sketch: 'infonce' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'InfoNCE, NT-Xent', from: { sketch: 'infonce' }, set: ['infonce.form=ntXent', 'infonce.temperature=0.5'], steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'Barlow Twins', from: { sketch: 'barlow' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'SIGReg and invariance', from: { sketch: 'sigreg' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'uniformity and cosine', from: { sketch: 'uniformity' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'Barlow Twins and squared distance', from: { sketch: 'barlowAndDistance' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'uniformity and squared distance', from: { sketch: 'uniformityAndDistance' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'vicreg, views of 0.001', from: vicreg, set: views(0.001), steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'joint-embedding-collapse', from: { template: 'joint-embedding-collapse' }, steps: 600, warnings: [JOINT], verdict: 'complete collapse' },
  { name: 'vicreg, covariance 0', from: vicreg, set: ['vicreg.covariance=0'], steps: 600, warnings: [DIMENSIONAL], verdict: 'dimensional collapse' },
  { name: 'vicreg, variance 0', from: vicreg, set: ['vicreg.variance=0'], steps: 600, warnings: [JOINT], verdict: 'complete collapse' },
  { name: 'vicreg, both 0', from: vicreg, set: ['vicreg.variance=0', 'vicreg.covariance=0'], steps: 600, warnings: [JOINT], verdict: 'complete collapse' },
  { name: 'vicreg on encoders', from: { case: 'vicreg-on-encoders' }, steps: 900, warnings: [JOINT], verdict: 'complete collapse' },
  { name: 'jepa, VICReg on x only', from: { case: 'jepa-x-only' }, steps: 900, warnings: [JOINT], verdict: 'complete collapse' },
  { name: 'jepa without VICReg', from: jepa, set: ['vicreg.variance=0', 'vicreg.covariance=0'], steps: 600, warnings: [JOINT], verdict: 'complete collapse' },
  { name: 'h-jepa, VICReg on level 1 only', from: { case: 'h-jepa-without-vicreg2' }, steps: 600, warnings: [JOINT], verdict: 'complete collapse' },
  { name: 'SimSiam without BatchNorm', from: { sketch: 'simsiam' }, set: ['encoderA', 'encoderB', 'projectorA', 'projectorB', 'predictor'].map((node) => `${node}.normalisation=none`), steps: 900, warnings: [], verdict: 'complete collapse' },
  { name: 'vicreg at rate 10', from: vicreg, set: ['training.learningRate=10'], steps: 300, warnings: [], verdict: 'diverged' },
  { name: 'jepa, R(z) off, z of 32', from: jepa, set: ['bound.weight=0', 'z.d=32'], steps: 900, warnings: [LATENT], verdict: 'latent leak' },
  { name: 'autoencoder, code of 8', from: { sketch: 'autoencoder' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'autoencoder, code of 64', from: { sketch: 'autoencoder' }, set: ['encoder.width=64', 'decoder.outputActivation=none'], steps: 900, warnings: [IDENTITY], verdict: 'flat energy' },
  // Blends leave the range of a pixel, which a bounded output cannot copy: its energy is two to three times that of data there.
  { name: 'autoencoder, code of 64, sigmoid', from: { sketch: 'autoencoder' }, set: ['encoder.width=64'], steps: 900, warnings: [IDENTITY], verdict: 'healthy' },
  { name: 'parabola, of noise', from: { template: 'parabola' }, set: ['points.noise=2'], steps: 800, warnings: [], verdict: 'flat energy' },
  { name: 'boltzmann-machine', from: { template: 'boltzmann-machine' }, steps: 1000, warnings: [], verdict: 'healthy' },
  { name: 'boltzmann-machine, nothing pushes up', from: { template: 'boltzmann-machine' }, bypass: ['nll'], steps: 800, warnings: [FLAT], verdict: ['flat energy', 'diverged'] },
  { name: 'bottleneck-autoencoder', from: { template: 'bottleneck-autoencoder' }, steps: 2000, warnings: [], verdict: 'healthy' },
  { name: 'bottleneck-autoencoder, code of 64', from: { template: 'bottleneck-autoencoder' }, set: ['encoder.width=64', 'decoder.outputActivation=none'], steps: 900, warnings: [IDENTITY], verdict: 'flat energy' },
  { name: 'denoising-autoencoder', from: { template: 'denoising-autoencoder' }, steps: 2500, warnings: [], verdict: 'healthy' },
  { name: 'denoising-autoencoder without noise', from: { template: 'denoising-autoencoder' }, set: ['noise.strength=0'], steps: 900, warnings: [IDENTITY], verdict: 'flat energy' },
  { name: 'ellipse', from: { template: 'ellipse' }, steps: 600, warnings: [], verdict: 'healthy' },
  { name: 'ellipse, of noise', from: { template: 'ellipse' }, set: ['points.noise=2'], steps: 800, warnings: [], verdict: ['latent leak', 'flat energy'] },
  { name: 'energy-gan', from: { template: 'energy-gan' }, steps: 2000, warnings: [], verdict: 'healthy' },
  { name: 'energy-gan, margin 0', from: { template: 'energy-gan' }, set: ['adversarial.margin=0'], steps: 2000, warnings: [], verdict: 'flat energy' },
  { name: 'gaussian-mixture', from: { template: 'gaussian-mixture' }, steps: 600, warnings: [], verdict: 'healthy' },
  { name: 'gaussian-mixture, one Gaussian', from: { template: 'gaussian-mixture' }, set: ['mixture.spread=0'], steps: 800, warnings: [], verdict: 'flat energy' },
  { name: 'hopfield, 10 steps', from: { template: 'hopfield' }, steps: 10, warnings: [], verdict: 'no verdict' },
  { name: 'hopfield', from: { template: 'hopfield' }, steps: 300, warnings: [], verdict: 'healthy' },
  { name: 'hopfield at rate 1000', from: { template: 'hopfield' }, set: ['training.learningRate=1000'], steps: 300, warnings: [], verdict: 'diverged' },
  { name: 'infonce', from: { template: 'infonce' }, steps: 1000, warnings: [], verdict: 'healthy' },
  { name: 'infonce, a squared distance instead', from: { sketch: 'distance' }, steps: 600, warnings: [JOINT], verdict: 'complete collapse' },
  { name: 'kmeans', from: { template: 'kmeans' }, steps: 600, warnings: [], verdict: 'healthy' },
  { name: 'kmeans, one centre', from: { template: 'kmeans' }, set: ['z.k=1'], steps: 800, warnings: [], verdict: 'flat energy' },
  { name: 'langevin-nll', from: { template: 'langevin-nll' }, steps: 2000, warnings: [], verdict: 'healthy' },
  { name: 'langevin-nll, nothing pushes up', from: { template: 'langevin-nll' }, bypass: ['nll'], steps: 800, warnings: [FLAT], verdict: ['flat energy', 'diverged'] },
  { name: 'masked-autoencoder', from: { template: 'masked-autoencoder' }, steps: 3000, warnings: [], verdict: 'healthy' },
  { name: 'masked-autoencoder, nothing masked', from: { template: 'masked-autoencoder' }, set: ['mask.ratio=0'], steps: 800, warnings: [IDENTITY], verdict: 'flat energy' },
  { name: 'normalizing-flow', from: { template: 'normalizing-flow' }, steps: 3000, warnings: [], verdict: 'healthy' },
  { name: 'normalizing-flow, volume for nothing', from: { template: 'normalizing-flow' }, set: ['flow.weight=0'], steps: 2000, warnings: [], verdict: 'complete collapse' },
  // Blends have the covariance of digits, which is all that a linear map can tell.
  { name: 'pca', from: { template: 'pca' }, steps: 1500, warnings: [], verdict: 'flat energy' },
  { name: 'pca, code of 64', from: { template: 'pca' }, set: ['encoder.width=64'], steps: 1500, warnings: [IDENTITY], verdict: 'flat energy' },
  { name: 'restricted-boltzmann-machine', from: { template: 'restricted-boltzmann-machine' }, steps: 1000, warnings: [], verdict: 'healthy' },
  { name: 'restricted-boltzmann-machine, nothing pushes up', from: { template: 'restricted-boltzmann-machine' }, bypass: ['nll'], steps: 800, warnings: [FLAT], verdict: ['flat energy', 'diverged'] },
  { name: 'score-matching', from: { template: 'score-matching' }, steps: 2000, warnings: [], verdict: 'healthy' },
  { name: 'score-matching, nothing pushes up', from: { template: 'score-matching' }, bypass: ['matching'], steps: 800, warnings: [FLAT], verdict: ['flat energy', 'diverged'] },
  { name: 'siamese-hinge', from: { template: 'siamese-hinge' }, steps: 600, warnings: [], verdict: 'healthy' },
  { name: 'siamese-hinge, nothing pushes apart', from: { template: 'siamese-hinge' }, bypass: ['hinge'], steps: 600, warnings: [JOINT], verdict: 'dimensional collapse' },
  { name: 'sparse-coding', from: { template: 'sparse-coding' }, steps: 600, warnings: [], verdict: 'healthy' },
  { name: 'sparse-coding, codes for nothing', from: { template: 'sparse-coding' }, set: ['sparsity.weight=0'], steps: 800, warnings: [LATENT], verdict: 'latent leak' },
  { name: 'variational-autoencoder, KL × 100', from: vae, set: ['z.weight=100'], steps: 900, warnings: [], verdict: 'complete collapse' },
];
