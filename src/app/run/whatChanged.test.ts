import { describe, expect, it } from 'vitest';
import { DEFAULT_TRAINING } from '../../document/schema';
import type { BasinDocument, TrainingSettings } from '../../document/schema';
import { soundDocument, testRegistry } from '../../editor/testSupport';
import { whatChanged } from './whatChanged';

const COSINE = { kind: 'cosine', warmupSteps: 0, finalFraction: 0.1 } as const;

const trained = (settings: Partial<TrainingSettings>): BasinDocument => ({
  ...soundDocument(),
  training: { ...DEFAULT_TRAINING, ...settings },
});

const from = (before: BasinDocument, after: BasinDocument): string =>
  whatChanged(before, after, testRegistry);

describe('whatChanged', () => {
  const base = trained({});

  it('names the settings that are compiled in, and no others', () => {
    expect(from(base, trained({ seed: 2 }))).toBe('The seed');
    expect(from(base, trained({ schedule: COSINE, steps: 5 }))).toBe(
      'The schedule of the learning rate',
    );
    expect(from(base, trained({ seed: 2, evaluateEvery: 7, learningRate: 0.5, steps: 5 }))).toBe(
      'The seed',
    );
    expect(from(base, trained({ seed: 2, batchSize: 8, clipNorm: 1 }))).toBe(
      'The seed, the batch size and the limit of the gradient',
    );
  });

  it('counts the number of steps where a schedule ends with them', () => {
    const scheduled = trained({ schedule: COSINE });
    expect(from(scheduled, trained({ schedule: COSINE, steps: 5 }))).toBe('The number of steps');
  });

  it('tells the graph from its settings, and labels and live values from both', () => {
    const changed = (node: object, settings: Partial<TrainingSettings> = {}): BasinDocument => {
      const document = trained(settings);
      const nodes = document.nodes.map((one) =>
        one.id === 'distance' ? { ...one, ...node } : one,
      );
      return { ...document, nodes };
    };
    expect(from(base, changed({ params: { mean: false } }))).toBe('The graph');
    expect(from(base, changed({ params: { mean: false } }, { seed: 2 }))).toBe(
      'The graph and the seed',
    );
    expect(from(base, changed({ label: 'd', params: { weight: 3 } }, { seed: 2 }))).toBe(
      'The seed',
    );
  });
});
