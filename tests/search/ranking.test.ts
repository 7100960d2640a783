import { describe, expect, it } from 'vitest';
import { registry } from '../../nodes';
import { kindEntries } from '../../src/editor/search/kindEntries';
import { searchKinds } from '../../src/editor/search/searchKinds';

const entries = kindEntries(registry);
const found = (query: string): string[] => searchKinds(entries, query).map(({ id }) => id);

/** What people look for, and what they are then shown, best first. */
const QUERIES: readonly (readonly [query: string, first: readonly string[]])[] = [
  ['encoder', ['encoder']],
  ['Predictor', ['predictor']],
  ['decoder', ['decoder']],
  ['expander', ['expander']],
  ['projector', ['expander', 'module.mlp']],
  ['image encoder', ['imageEncoder']],
  ['CNN', ['module.conv', 'imageEncoder']],
  ['ViT', ['module.transformer', 'patchEncoder']],
  ['RNN', ['sequenceEncoder', 'module.gru']],
  ['mlp', ['module.mlp']],
  ['perceptron', ['module.mlp']],
  ['EMA', ['weights.ema']],
  ['teacher', ['weights.ema']],
  ['momentum encoder', ['weights.ema']],
  ['shared weights', ['weights.tie']],
  ['stop gradient', ['op.stopGradient']],
  ['stop-gradient', ['op.stopGradient']],
  ['stopgrad', ['op.stopGradient']],
  ['detach', ['op.stopGradient']],
  ['barlow', ['reg.barlow']],
  ['vicreg', ['reg.vicreg']],
  ['LeJEPA', ['reg.sigreg']],
  ['hinge', ['loss.hinge', 'reg.variance']],
  ['margin', ['loss.hinge', 'loss.squareSquare']],
  ['triplet', ['loss.hinge']],
  ['simclr', ['loss.infoNCE']],
  ['NCE', ['loss.logistic', 'negative.noise', 'loss.infoNCE']],
  ['softmax', ['loss.infoNCE', 'energy.crossEntropy', 'latent.discrete', 'module.transformer']],
  ['mse', ['energy.squared']],
  ['huber', ['energy.smoothL1']],
  ['squared', ['energy.squared']],
  ['L1', ['reg.l1', 'energy.l1']],
  ['sparse', ['reg.l1']],
  ['kmeans', ['latent.discrete', 'module.table']],
  ['VAE', ['latent.gaussian', 'reg.kl', 'decoder']],
  ['GAN', ['loss.adversarial', 'negative.generator']],
  ['MCMC', ['negative.langevin', 'negative.gibbs']],
  ['contrastive divergence', ['energy.rbm', 'loss.nll', 'negative.gibbs']],
  ['batch norm', ['op.standardize']],
  ['z', ['latent.continuous']],
  ['mnist', ['data.mnist']],
  ['two moons', ['data.points']],
  ['RealNVP', ['module.flow']],
  ['slow features', ['reg.temporal']],
  ['linear evaluation', ['probe.linear']],
  ['comment', ['note']],
];

/** Papers: all that come of them are found, whatever their order. */
const PAPERS: readonly (readonly [query: string, kinds: readonly string[]])[] = [
  ['BYOL', ['op.stopGradient', 'weights.ema', 'energy.cosine']],
  ['SimSiam', ['op.stopGradient', 'energy.cosine']],
  ['LeCun 2023', ['reg.vicreg', 'loss.hinge', 'module.mlp', 'negative.gibbs', 'latent.continuous']],
  ['Bardes', ['reg.vicreg', 'reg.variance', 'reg.covariance']],
  ['Hinton 2002', ['negative.gibbs']],
  ['Grill et al. 2020', ['op.stopGradient', 'weights.ema']],
  ['LeCun 2022', ['module.rollout', 'op.window', 'reg.vicreg']],
];

describe('search of nodes', () => {
  it.each(QUERIES)('%s', (query, first) => {
    const ids = found(query);
    // Those that answer alike may come in any order.
    expect([...ids.slice(0, first.length)].sort()).toEqual([...first].sort());
    expect(ids[0]).toBeDefined();
  });

  it.each(PAPERS)('the paper %s', (query, kinds) => {
    expect(found(query)).toEqual(expect.arrayContaining([...kinds]));
  });

  it('has the papers that stand together before those whose words are apart', () => {
    const ids = found('LeCun 2023');
    const first = entries.filter(({ definition }) => definition.source.includes('LeCun 2023'));
    expect(new Set(ids.slice(0, first.length))).toEqual(new Set(first.map(({ id }) => id)));
  });

  it('finds nothing for words that no node has', () => {
    expect(found('quarterly revenue')).toEqual([]);
    expect(found('encoder revenue')).toEqual([]);
  });

  it('finds every entry by its title, and first', () => {
    const titles = new Map(entries.map(({ id, title }) => [id, title]));
    // Views and negatives both have a Noise.
    const missed = [...titles.values()].filter(
      (title) => titles.get(found(title)[0] ?? '') !== title,
    );
    expect(missed).toEqual([]);
  });

  it('has no role that its kind refuses, and no synonym twice', () => {
    for (const { id, title, params, kind, synonyms } of registry.roles) {
      const definition = registry.get(kind);
      expect(definition?.params.safeParse(params).success, id).toBe(true);
      expect(definition?.titleFor?.(definition.params.parse(params)) ?? title, id).toMatch(
        new RegExp(title.split(' ').at(-1) ?? '', 'i'),
      );
      expect(new Set(synonyms).size, id).toBe(synonyms.length);
    }
    for (const { kind, synonyms = [] } of registry.definitions)
      expect(new Set(synonyms).size, kind).toBe(synonyms.length);
  });
});
