import { readExperiments, readTemplateText, templateSlugs } from '../../src/cli/templates';
import { invariant } from '../../src/core/invariant';
import type { BasinDocument } from '../../src/document/schema';
import { VERDICTS, type Verdict } from '../../src/probing/verdicts/verdicts';
import type { SketchName } from './sketches';

/** A template, a document of tests/cases or a sketch, changed or not, with what lint and verdict should say of it. */
export interface Variant {
  readonly name: string;
  readonly from:
    { readonly template: string } | { readonly case: string } | { readonly sketch: SketchName };
  /** Lines of `EditLine`, such as `NODE.PARAMETER=VALUE`. */
  readonly edits?: readonly string[];
  readonly steps: number;
  /** Codes of the warnings before training, in any order. */
  readonly warnings: readonly string[];
  /** At the end of the run; several where seeds may differ. */
  readonly verdict: Verdict | readonly Verdict[];
}

const JOINT = 'lint.joint-embedding-collapse';
const IDENTITY = 'lint.identity-collapse';

const vicreg = { template: 'vicreg' };
const jepa = { template: 'jepa' };
const views = (strength: number): string[] =>
  ['gainA', 'noiseA', 'gainB', 'noiseB'].map((node) => `${node}.strength=${strength}`);

// prettier-ignore
const OWN: readonly Variant[] = [
  { name: 'parabola', from: { template: 'parabola' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'jepa, R(z) × 3', from: jepa, edits: ['bound.weight=3'], steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'jepa, R(z) off, z of 4', from: jepa, edits: ['bound.weight=0'], steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'h-jepa, VICReg on level 2 only', from: { case: 'h-jepa-without-vicreg1' }, steps: 600, warnings: [], verdict: 'healthy' },
  { name: 'InfoNCE', from: { sketch: 'infonce' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'InfoNCE, NT-Xent', from: { sketch: 'infonce' }, edits: ['infonce.form=ntXent', 'infonce.temperature=0.5'], steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'uniformity and cosine', from: { sketch: 'uniformity' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'Barlow Twins and squared distance', from: { sketch: 'barlowAndDistance' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'uniformity and squared distance', from: { sketch: 'uniformityAndDistance' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'vicreg, views of 0.001', from: vicreg, edits: views(0.001), steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'vicreg on encoders', from: { case: 'vicreg-on-encoders' }, steps: 900, warnings: [JOINT], verdict: 'complete collapse' },
  { name: 'jepa, VICReg on x only', from: { case: 'jepa-x-only' }, steps: 900, warnings: [JOINT], verdict: 'complete collapse' },
  { name: 'h-jepa, VICReg on level 1 only', from: { case: 'h-jepa-without-vicreg2' }, steps: 600, warnings: [JOINT], verdict: 'complete collapse' },
  { name: 'autoencoder, code of 8', from: { sketch: 'autoencoder' }, steps: 900, warnings: [], verdict: 'healthy' },
  { name: 'autoencoder, code of 64', from: { sketch: 'autoencoder' }, edits: ['encoder.width=64', 'decoder.outputActivation=none'], steps: 900, warnings: [IDENTITY], verdict: 'flat energy' },
  // Blends leave the range of a pixel, which a bounded output cannot copy: its energy is two to three times that of data there.
  { name: 'autoencoder, code of 64, sigmoid', from: { sketch: 'autoencoder' }, edits: ['encoder.width=64'], steps: 900, warnings: [IDENTITY], verdict: 'healthy' },
  { name: 'boltzmann-machine', from: { template: 'boltzmann-machine' }, steps: 1000, warnings: [], verdict: 'healthy' },
  { name: 'bottleneck-autoencoder', from: { template: 'bottleneck-autoencoder' }, steps: 2000, warnings: [], verdict: 'healthy' },
  { name: 'denoising-autoencoder', from: { template: 'denoising-autoencoder' }, steps: 2500, warnings: [], verdict: 'healthy' },
  { name: 'ellipse', from: { template: 'ellipse' }, steps: 600, warnings: [], verdict: 'healthy' },
  { name: 'energy-gan', from: { template: 'energy-gan' }, steps: 2000, warnings: [], verdict: 'healthy' },
  { name: 'gaussian-mixture', from: { template: 'gaussian-mixture' }, steps: 600, warnings: [], verdict: 'healthy' },
  { name: 'hopfield, 10 steps', from: { template: 'hopfield' }, steps: 10, warnings: [], verdict: 'no verdict' },
  { name: 'i-jepa', from: { template: 'i-jepa' }, steps: 400, warnings: [], verdict: 'healthy' },
  { name: 'infonce', from: { template: 'infonce' }, steps: 1000, warnings: [], verdict: 'healthy' },
  { name: 'kmeans', from: { template: 'kmeans' }, steps: 600, warnings: [], verdict: 'healthy' },
  { name: 'langevin-nll', from: { template: 'langevin-nll' }, steps: 2000, warnings: [], verdict: 'healthy' },
  { name: 'mae-mnist', from: { template: 'mae-mnist' }, steps: 400, warnings: [], verdict: 'healthy' },
  { name: 'masked-autoencoder', from: { template: 'masked-autoencoder' }, steps: 3000, warnings: [], verdict: 'healthy' },
  { name: 'normalizing-flow', from: { template: 'normalizing-flow' }, steps: 3000, warnings: [], verdict: 'healthy' },
  // Blends have the covariance of digits, which is all that a linear map can tell.
  { name: 'pca', from: { template: 'pca' }, steps: 1500, warnings: [], verdict: 'flat energy' },
  { name: 'restricted-boltzmann-machine', from: { template: 'restricted-boltzmann-machine' }, steps: 1000, warnings: [], verdict: 'healthy' },
  { name: 'score-matching', from: { template: 'score-matching' }, steps: 2000, warnings: [], verdict: 'healthy' },
  { name: 'siamese-hinge', from: { template: 'siamese-hinge' }, steps: 600, warnings: [], verdict: 'healthy' },
  { name: 'sparse-coding', from: { template: 'sparse-coding' }, steps: 600, warnings: [], verdict: 'healthy' },
];

/** What the templates say to try and to break, where they name the verdict. */
const EXPERIMENTS: readonly Variant[] = (
  await Promise.all((await templateSlugs()).map(experimentsOf))
).flat();

export const VARIANTS: readonly Variant[] = [...OWN, ...EXPERIMENTS];

async function experimentsOf(slug: string): Promise<Variant[]> {
  const [experiments, text] = await Promise.all([readExperiments(slug), readTemplateText(slug)]);
  const { training } = JSON.parse(text) as BasinDocument;
  return experiments.flatMap(({ id, edits, expect }): Variant[] => {
    if (expect?.verdict === undefined) return [];
    const { warnings, verdict, steps = training.steps } = expect;
    const name = `${slug}: ${id}`;
    return [{ name, from: { template: slug }, edits, steps, warnings, verdict: verdicts(verdict) }];
  });
}

function verdicts(names: readonly string[]): Verdict[] {
  return names.map((name) => {
    invariant(Object.hasOwn(VERDICTS, name), name);
    return name as Verdict;
  });
}
