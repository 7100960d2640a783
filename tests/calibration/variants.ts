import type { Verdict } from '../../src/probing/report';
import type { SketchName } from './sketches';

/** A template, a document of tests/cases or a sketch, changed or not, with what lint and verdict should say of it. */
export interface Variant {
  readonly name: string;
  readonly from:
    { readonly template: string } | { readonly case: string } | { readonly sketch: SketchName };
  /** As `--set` of the command line: `NODE.PARAMETER=VALUE`. */
  readonly set?: readonly string[];
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
];
