import { describe, expect, it } from 'vitest';
import { compileEvaluation } from '../../src/compiler/programs/compileEvaluation';
import { OUTPUT } from '../../src/compiler/programs/compiled';
import { loadData } from '../../src/compiler/programs/loadData';
import { readAsset } from '../../src/cli/assets';
import { analyse } from '../../src/compiler/analysis/analyse';
import { compileTraining } from '../../src/compiler/programs/compileTraining';
import { listTemplates, readTemplateText, templateSlugs } from '../../src/cli/templates';
import { defined } from '../../src/core/invariant';
import { canonicalJson } from '../../src/document/canonical';
import { fittingState } from '../../src/engine/fittingState';
import { registry } from '../../nodes/index';
import { inferenceOf, need, probeTemplate, templateDocument, trainTemplate } from './trainTemplate';

const slugs = await templateSlugs();

describe.each(slugs)('%s', (slug) => {
  it('is stored as canonical JSON and says what it is', async () => {
    const document = await templateDocument(slug);
    expect(await readTemplateText(slug)).toBe(canonicalJson(document));
    const about = (await listTemplates()).find((template) => template.slug === slug)?.about;
    for (const field of [about?.title, about?.section, about?.idea, about?.summary]) {
      expect(field?.length).toBeGreaterThan(1);
    }
    for (const heading of ['What it shows', 'What to try', 'What to break', 'Source']) {
      expect(about?.body).toContain(`## ${heading}`);
    }
  });

  it('compiles without faults, and warns only where it means to', async () => {
    const analysis = analyse(await templateDocument(slug), registry);
    const told = analysis.diagnostics.filter(({ severity }) => severity !== 'info');
    expect(told.map(({ code }) => code)).toEqual(
      slug === 'joint-embedding-collapse' ? ['lint.joint-embedding-collapse'] : [],
    );
    expect(compileTraining(analysis).ok).toBe(true);
    expect(compileEvaluation(analysis).ok).toBe(true);
  });
});

describe('parabola', () => {
  it('puts the least energy within 0.05 of x² over [−1, 1]; lint says immune', async () => {
    const { analysis, engine, state } = await trainTemplate('parabola');
    expect(analysis.diagnostics.map(({ code }) => code)).toEqual(['lint.immune']);
    const { program, data, batch } = need(compileEvaluation(analysis));
    const grid = Float32Array.from({ length: batch }, (_, row) => (2 * row) / (batch - 1) - 1);
    // The energy is a distance, so its least y is the prediction; x is put on a grid instead of the held-out rows.
    const arrays = new Map(data.map(({ name }) => [name, grid]));
    const executable = await engine.compile(program, arrays);
    executable.writeState(fittingState(program, state));
    await executable.run(1);
    const prediction = defined(
      (await executable.readOutputs()).get(OUTPUT.representation('predictor.out')),
      'prediction',
    );
    executable.dispose();
    const worst = grid.reduce(
      (error, x, row) => Math.max(error, Math.abs((prediction[row] ?? NaN) - x * x)),
      0,
    );
    expect(worst).toBeLessThan(0.05);
  });
});

describe('the points of the parabola', () => {
  it('leave more energy over where they are noisier', async () => {
    const energy = async (noise: number) => {
      const trained = await trainTemplate('parabola', 300, [`points.noise=${noise}`]);
      return (await probeTemplate(trained)).report.energies.energy?.data ?? NaN;
    };
    // At the best curve it is the variance of the noise.
    expect(await energy(0.2)).toBeGreaterThan(0.02);
    expect(await energy(0.05)).toBeLessThan(0.01);
  });
});

describe('joint-embedding-collapse', () => {
  it('collapses completely within 300 steps while its loss falls', async () => {
    const trained = await trainTemplate('joint-embedding-collapse', 300);
    const { report } = await probeTemplate(trained);
    expect(trained.losses.at(-1)).toBeLessThan((trained.losses[0] ?? 0) / 100);
    expect(report.verdict).toBe('complete collapse');
    expect(report.reps['encoderA.out']?.meanStd).toBeLessThan(0.01);
    expect(report.energies.energy?.gap).toBeLessThan(1e-3);
  });
});

describe('vicreg', () => {
  it('is healthy after 300 steps, and its loss is below half of the first', async () => {
    const trained = await trainTemplate('vicreg', 300);
    const { report, labels } = await probeTemplate(trained);
    expect(trained.losses.at(-1)).toBeLessThan((trained.losses[0] ?? 0) / 2);
    expect(report.verdict).toBe('healthy');
    expect(report.reps['expanderA.out']?.meanStd).toBeGreaterThan(0.5);
    expect(report.reps['expanderA.out']?.effectiveRank).toBeGreaterThan(6);
    expect(report.energies.invariance?.gap).toBeGreaterThan(0.5);
    expect(labels?.knn['encoderA.out']).toBeGreaterThan(0.85);
  });

  it('collapses to few dimensions without its covariance term', async () => {
    const { report } = await probeTemplate(
      await trainTemplate('vicreg', 300, ['vicreg.covariance=0']),
    );
    expect(report.verdict).toBe('dimensional collapse');
    expect(report.reps['expanderA.out']?.meanStd).toBeGreaterThan(0.5);
  });

  it('collapses completely without its regularizer', async () => {
    const { report } = await probeTemplate(
      await trainTemplate('vicreg', 300, ['vicreg.variance=0', 'vicreg.covariance=0']),
    );
    expect(report.verdict).toBe('complete collapse');
  });
});

describe('jepa', () => {
  it('is healthy after 400 steps; z is used and does not explain y alone', async () => {
    const trained = await trainTemplate('jepa', 400);
    const { report, labels } = await probeTemplate(trained);
    expect(report.verdict).toBe('healthy');
    expect(report.energies.energy?.gap).toBeGreaterThan(0.2);
    // R(z) = 0.3·Σz²: its share of the loss says how much z carries.
    expect(report.terms.bound).toBeGreaterThan(0.01);
    expect(labels?.knn['encoderX.out']).toBeGreaterThan(0.85);

    // Inference infers: ten times the steps find next to nothing more, at every weight of R(z).
    for (const weight of [0, 0.3, 3, 30]) {
      const found = await inferenceOf(trained, 'z', { 'bound.weight': weight });
      expect(found.tenfoldEnergy).toBeLessThanOrEqual(found.freeEnergy * (1 + 1e-6));
      expect(found.tenfoldEnergy).toBeGreaterThan(0.98 * found.freeEnergy);
    }
  });

  it('leaks through z once nothing bounds it', async () => {
    const trained = await trainTemplate('jepa', 400, ['bound.weight=0', 'z.d=32']);
    const codes = trained.analysis.diagnostics.map(({ code }) => code);
    expect(codes).toContain('lint.latent-collapse');
    expect((await probeTemplate(trained)).report.verdict).toBe('latent leak');
  });

  it('warns and collapses without VICReg', async () => {
    const trained = await trainTemplate('jepa', 400, ['vicreg.variance=0', 'vicreg.covariance=0']);
    const codes = trained.analysis.diagnostics.map(({ code }) => code);
    expect(codes).toContain('lint.joint-embedding-collapse');
    expect((await probeTemplate(trained)).report.verdict).toBe('complete collapse');
  });
});

describe('h-jepa', () => {
  it('has two healthy levels after 400 steps', async () => {
    const { report } = await probeTemplate(await trainTemplate('h-jepa', 400));
    expect(report.verdict).toBe('healthy');
    for (const level of ['1', '2']) {
      expect(report.reps[`encoder${level}.out`]?.verdict).toBe('healthy');
      expect(report.energies[`energy${level}`]?.gap).toBeGreaterThan(0.3);
    }
  });
});

describe('variational-autoencoder', () => {
  it('reconstructs, and uses some dimensions of z', async () => {
    const trained = await trainTemplate('variational-autoencoder', 800);
    const { report } = await probeTemplate(trained);
    expect(trained.losses.at(-1)).toBeLessThan((trained.losses[0] ?? 0) / 3);
    expect(report.verdict).toBe('healthy');
    // Blends of two digits, encoded and decoded as the digits are, fit it clearly less.
    expect(report.energies.reconstruction?.gap).toBeGreaterThan(0.3);
    const { program, data } = need(compileEvaluation(trained.analysis));
    const arrays = need(
      await loadData(data, { seed: trained.analysis.training.seed, asset: readAsset }),
    ).arrays;
    const executable = await trained.engine.compile(program, arrays);
    executable.writeState(fittingState(program, trained.state));
    await executable.run(1);
    const outputs = await executable.readOutputs();
    const mean = defined(outputs.get(OUTPUT.representation('mean.out')), 'mean');
    const logVariance = defined(
      outputs.get(OUTPUT.representation('logVariance.out')),
      'logVariance',
    );
    executable.dispose();
    const dimensions = 8;
    const rows = mean.length / dimensions;
    const divergences = Array.from({ length: dimensions }, (_, d) => {
      let total = 0;
      for (let row = 0; row < rows; row++) {
        const m = mean[row * dimensions + d] ?? NaN;
        const v = logVariance[row * dimensions + d] ?? NaN;
        total += 0.5 * (Math.exp(v) + m * m - 1 - v);
      }
      return total / rows;
    });
    expect(divergences.filter((kl) => kl > 0.1).length).toBeGreaterThanOrEqual(2);
  });
});
