import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../analysis/analyse';
import type { Analysis } from '../analysis/analysis';
import { sketchDocument } from '../testing/testGraphs';

const NORMAL = ['module.mlp', { widths: [4], width: 4, normalisation: 'batch' }] as const;

/** Modules on one data node, linked as told. */
function linked(
  modules: Parameters<typeof sketchDocument>[0]['nodes'],
  links: readonly string[],
): Analysis {
  const ids = Object.entries(modules).flatMap(([id, spec]) =>
    spec[0].startsWith('module.') ? [id] : [],
  );
  return analyse(
    sketchDocument({
      nodes: { digits: 'data.digits', reg: 'reg.vicreg', ...modules },
      edges: [
        ...ids.flatMap((id) => [`digits.x -> ${id}.in`, `${id}.out -> reg.z`]),
        ...links.map((link) => link.replace(/(\S+) -> (\S+)/, '$1.weights -> $2.weights')),
      ],
    }),
    registry,
  );
}

const errors = ({ diagnostics }: Analysis): string[] =>
  diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, nodeId, message }) => `${code} ${nodeId}: ${message}`);

describe('resolveWeights', () => {
  it('shares weights and statistics over a tie', () => {
    const { owners, statisticOwners, weights, statistics } = linked(
      { a: NORMAL, b: NORMAL, tie: ['weights.tie', {}], c: NORMAL },
      ['a -> b', 'b -> tie', 'tie -> c'],
    );
    expect(Object.fromEntries(owners)).toEqual({ a: 'a', b: 'a', c: 'a' });
    expect(Object.fromEntries(statisticOwners)).toEqual({ a: 'a', b: 'a', c: 'a' });
    expect([...weights.keys()]).toEqual(['a']);
    expect([...statistics.keys()]).toEqual(['a']);
  });

  it('gives the readers of an average its weights, and statistics of their own', () => {
    const analysis = linked({ a: NORMAL, b: NORMAL, c: NORMAL, ema: ['weights.ema', {}] }, [
      'a -> ema',
      'ema -> b',
      'ema -> c',
    ]);
    const { owners, statisticOwners, weights, averages, statistics } = analysis;
    expect(errors(analysis)).toEqual([]);
    expect(Object.fromEntries(owners)).toEqual({ a: 'a', b: 'ema', c: 'ema' });
    expect(Object.fromEntries(statisticOwners)).toEqual({ a: 'a', b: 'b', c: 'c' });
    expect([...weights.keys()]).toEqual(['a']);
    expect(averages.get('ema')).toEqual({ source: 'a', weights: weights.get('a') });
    expect([...statistics.keys()].sort()).toEqual(['a', 'b', 'c']);
  });

  it('ties a module to one that uses an average in all it has', () => {
    const { owners, statisticOwners } = linked(
      { a: NORMAL, b: NORMAL, c: NORMAL, ema: ['weights.ema', {}], tie: ['weights.tie', {}] },
      ['a -> ema', 'ema -> b', 'b -> tie', 'tie -> c'],
    );
    expect(Object.fromEntries(owners)).toEqual({ a: 'a', b: 'ema', c: 'ema' });
    expect(Object.fromEntries(statisticOwners)).toEqual({ a: 'a', b: 'b', c: 'b' });
  });

  it('follows an average of an average, and of a module that is tied', () => {
    const { averages, owners } = linked(
      {
        slower: ['weights.ema', {}],
        slow: ['weights.ema', {}],
        d: NORMAL,
        c: NORMAL,
        b: NORMAL,
        a: NORMAL,
      },
      ['a -> b', 'b -> slow', 'slow -> c', 'c -> slower', 'slower -> d'],
    );
    expect([...averages].map(([id, { source }]) => [id, source])).toEqual([
      ['slow', 'a'],
      ['slower', 'slow'],
    ]);
    expect(Object.fromEntries(owners)).toMatchObject({ c: 'slow', d: 'slower' });
  });

  it('refuses what does not fit, by weights or by statistics', () => {
    const wide = ['module.mlp', { widths: [4], width: 5, normalisation: 'batch' }] as const;
    expect(errors(linked({ a: NORMAL, b: wide, ema: ['weights.ema', {}] }, ['a -> ema', 'ema -> b']))).toEqual([
      'weights.mismatch b: “b” cannot use the weights of “ema”: it has 1.weight 4×5 where the other has 1.weight 4×4.',
    ]); // prettier-ignore
    // The scales of a layer normalisation have the shapes of a batch normalisation's; its statistics do not exist.
    const layer = ['module.mlp', { widths: [4], width: 4, normalisation: 'layer' }] as const;
    expect(errors(linked({ a: NORMAL, b: layer }, ['a -> b']))).toEqual([
      'weights.mismatch b: “b” cannot share the weights of “a”: it has nothing where the other has 0.mean 4.',
    ]);
    expect(errors(linked({ a: layer, b: NORMAL }, ['a -> b']))).toEqual([
      'weights.mismatch b: “b” cannot share the weights of “a”: it has 0.mean 4 where the other has nothing.',
    ]);
    // An average carries none.
    const { owners } = linked({ a: layer, b: NORMAL, ema: ['weights.ema', {}] }, [
      'a -> ema',
      'ema -> b',
    ]);
    expect(owners.get('b')).toBe('ema');
  });

  it('makes rollouts, plain predictors and recurrent units of one shape one predictor', () => {
    const shape = { widths: [8], width: 6 };
    const analysis = analyse(
      sketchDocument({
        nodes: {
          dots: ['data.movingDots', { length: 5, size: 6, sequences: 20 }],
          encoder: ['module.mlp', shape],
          now: ['op.slice', { end: -1 }],
          next: ['op.slice', { start: 1 }],
          moves: ['op.slice', { end: -1 }],
          plain: ['module.mlp', shape],
          forced: ['module.rollout', { widths: [8], running: 'forced' }],
          free: ['module.rollout', { widths: [8] }],
          gru: ['module.gru', { width: 6 }],
          driven: ['module.rollout', { cell: 'gru' }],
          other: ['module.rollout', { widths: [9] }],
          step: 'energy.squared',
          horizon: 'energy.squared',
          reg: 'reg.vicreg',
        },
        edges: [
          'dots.frames -> encoder.in',
          'encoder.out -> now.in',
          'encoder.out -> next.in',
          'dots.position -> moves.in',
          'now.out -> plain.in',
          'moves.out -> plain.in',
          'moves.out -> gru.in',
          ...['forced', 'free', 'driven', 'other'].flatMap((id) => [
            `encoder.out -> ${id}.state`,
            `moves.out -> ${id}.actions`,
          ]),
          'forced.weights -> free.weights',
          'plain.weights -> forced.weights',
          'gru.weights -> driven.weights',
          'plain.weights -> other.weights',
          'forced.states -> step.a',
          'next.out -> step.b',
          'free.states -> horizon.a',
          'next.out -> horizon.b',
          'encoder.out -> reg.z',
        ],
      }),
      registry,
    );
    expect(errors(analysis)).toEqual([
      'weights.mismatch other: “other” cannot share the weights of “plain”: it has 0.weight 8×9 where the other has 0.weight 8×8.',
    ]);
    expect(Object.fromEntries(analysis.owners)).toMatchObject({
      forced: 'plain',
      free: 'plain',
      driven: 'gru',
      other: 'other',
    });
  });

  it('leaves a module its own weights while its link leads nowhere', () => {
    const analysis = linked({ a: NORMAL, ema: ['weights.ema', {}] }, ['ema -> a']);
    expect(errors(analysis).join()).toContain('node.missing-input ema');
    expect(analysis.owners.get('a')).toBe('a');
    expect(analysis.averages.size).toBe(0);
  });
});
