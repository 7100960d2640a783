import { describe, expect, it } from 'vitest';
import {
  type Nodes,
  findings,
  JOINT,
  JOINT_EDGES,
  COLLAPSE,
  DIMENSIONAL,
  FLAT,
} from '../../../../tests/support/lintSketch';

describe('lint of targets that are observed', () => {
  it('says that regression is immune', () => {
    const f = ['module.mlp', { widths: [8], width: 1 }] as const;
    expect(
      findings({ points: ['data.points', { shape: 'parabola' }], f, energy: 'energy.squared' }, [
        'points.x -> f.in',
        'f.out -> energy.a',
        'points.y -> energy.b',
      ]),
    ).toEqual(['info lint.immune energy']);
  });

  const autoencoder = (width: number): Nodes => ({
    digits: 'data.digits',
    encoder: ['module.mlp', { role: 'encoder', widths: [128], width }],
    decoder: ['module.mlp', { role: 'decoder', widths: [128], outputShape: [8, 8, 1] }],
    energy: 'energy.squared',
  });
  const autoencoderEdges = [
    'digits.x -> encoder.in',
    'encoder.out -> decoder.in',
    'decoder.out -> energy.a',
    'digits.x -> energy.b',
  ];

  it('warns of an autoencoder that can copy, unless it is narrow, regularized or corrupted', () => {
    expect(findings(autoencoder(64), autoencoderEdges)).toEqual([
      'warning lint.identity-collapse energy',
    ]);
    expect(findings(autoencoder(8), autoencoderEdges)).toEqual(['info lint.immune energy']);
    expect(
      findings({ ...autoencoder(64), sparse: 'reg.l1' }, [
        ...autoencoderEdges,
        'encoder.out -> sparse.z',
      ]),
    ).toEqual(['info lint.immune energy']);
    expect(
      findings({ ...autoencoder(64), noise: 'view.noise' }, [
        'digits.x -> noise.in',
        'noise.out -> encoder.in',
        ...autoencoderEdges.slice(1),
      ]),
    ).toEqual(['info lint.immune energy']);
  });

  it('takes no weight, no gradient, or a spread of the code for no bound', () => {
    const COPIES = 'warning lint.identity-collapse energy';
    const bounded = (reg: Nodes[string], from: string): string[] =>
      findings({ ...autoencoder(64), reg, stop: 'op.stopGradient', flat: 'op.flatten' }, [
        ...autoencoderEdges,
        'encoder.out -> stop.in',
        'encoder.out -> flat.in',
        `${from} -> reg.z`,
      ]).filter((text) => !text.includes('unused'));
    expect(bounded(['reg.l1', { weight: 0 }], 'encoder.out')).toEqual([COPIES]);
    expect(bounded('reg.l1', 'stop.out')).toEqual([COPIES]);
    expect(bounded('reg.vicreg', 'encoder.out')).toEqual([COPIES]);
    expect(bounded('reg.l1', 'flat.out')).toEqual(['info lint.immune energy']);
  });

  it('counts all ways from the target to its prediction', () => {
    const COPIES = 'warning lint.identity-collapse energy';
    const join = ['op.concat', { axis: 'flat' }] as const;
    expect(
      findings({ ...autoencoder(32), second: ['module.mlp', { width: 32 }], join }, [
        'digits.x -> encoder.in',
        'digits.x -> second.in',
        'encoder.out -> join.in',
        'second.out -> join.in',
        'join.out -> decoder.in',
        ...autoencoderEdges.slice(2),
      ]),
    ).toEqual([COPIES]);
    expect(
      findings({ ...autoencoder(8), join }, [
        'digits.x -> encoder.in',
        'encoder.out -> join.in',
        'digits.x -> join.in',
        'join.out -> decoder.in',
        ...autoencoderEdges.slice(2),
      ]),
    ).toEqual([COPIES]);
  });
});

describe('lint of energies with weights of their own', () => {
  const parabola = ['data.points', { shape: 'parabola' }] as const;
  const f = ['module.mlp', { widths: [8], width: 1 }] as const;

  it('calls no side of them immune: what is trained is the energy itself', () => {
    const sides = ['points.x -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'];
    expect(findings({ points: parabola, f, energy: 'energy.bilinear' }, sides)).toEqual([]);
    const network = { points: parabola, f, energy: 'energy.scalar' } as const;
    const joined = ['points.x -> f.in', 'f.out -> energy.in', 'points.y -> energy.in'];
    expect(findings(network, joined)).toEqual([FLAT]);
  });

  it('warns where nothing pushes up what its weights can lower everywhere', () => {
    const alone: Nodes = { points: 'data.points', energy: 'energy.scalar' };
    const reads = ['points.y -> energy.in'];
    expect(findings(alone, reads)).toEqual([FLAT]);
    const plain = [...reads, 'energy.energy -> plain.energy'];
    expect(findings({ ...alone, plain: 'loss.energy' }, plain)).toEqual([FLAT]);
    const trained = [...reads, 'points.y -> sampler.y', 'sampler.negative -> loss.negative', 'energy.energy -> loss.energy']; // prettier-ignore
    for (const loss of ['loss.hinge', 'loss.squareSquare', 'loss.logistic', 'loss.nll']) {
      const nodes: Nodes = { ...alone, sampler: 'negative.noise', loss };
      expect(findings(nodes, trained), loss).toEqual([]);
      const both: Nodes = { ...nodes, loss: [loss, { weight: 0 }], plain: 'loss.energy' };
      expect(findings(both, [...trained, 'energy.energy -> plain.energy']), loss).toEqual([FLAT]);
    }
    // Without its weight in the objective nothing lowers it.
    expect(findings({ ...alone, plain: ['loss.energy', { weight: 0 }] }, plain)).toEqual([]);
    const units: Nodes = { patterns: 'data.patterns' };
    for (const machine of ['energy.rbm', 'energy.boltzmann']) {
      expect(findings({ ...units, energy: machine }, ['patterns.y -> energy.y'])).toEqual([FLAT]);
    }
    // What is low for some states is as much higher for others.
    expect(findings({ ...units, energy: 'energy.hopfield' }, ['patterns.y -> energy.y'])).toEqual(
      [],
    );
  });

  it('does not take a latent that names a place on a curve for the target', () => {
    const z = ['latent.continuous', { d: 1 }] as const;
    expect(
      findings({ points: 'data.points', z, energy: 'energy.ellipse' }, [
        'points.y -> energy.y',
        'z.z -> energy.z',
      ]),
    ).toEqual([]);
  });
});

describe('lint of latents', () => {
  const latent = (d: number): Nodes => ({
    digits: 'data.digits',
    z: ['latent.continuous', { d }],
    decoder: ['module.mlp', { role: 'decoder', widths: [32], outputShape: [8, 8, 1] }],
    energy: 'energy.squared',
  });
  const edges = ['z.z -> decoder.in', 'decoder.out -> energy.a', 'digits.x -> energy.b'];
  const WARNING = 'warning lint.latent-collapse z';

  it('warns of a latent as wide as the target that nothing bounds', () => {
    expect(findings(latent(64), edges)).toContain(WARNING);
  });

  it('is content with few dimensions, or a regularizer on the latent', () => {
    expect(findings(latent(8), edges)).not.toContain(WARNING);
    expect(
      findings({ ...latent(64), sparse: 'reg.l1' }, [...edges, 'z.z -> sparse.z']),
    ).not.toContain(WARNING);
  });

  it('speaks of a latent instead of calling its energy immune', () => {
    expect(findings(latent(64), edges)).toEqual([WARNING]);
    expect(findings(latent(8), edges)).toEqual(['info lint.immune energy']);
  });

  it('looks for the narrowest place, and for ways around noise and bounds', () => {
    const narrow = ['module.linear', { width: 4 }] as const;
    expect(
      findings({ ...latent(64), narrow }, [
        'z.z -> narrow.in',
        'narrow.out -> decoder.in',
        ...edges.slice(1),
      ]),
    ).toEqual(['info lint.immune energy']);
    const noisy = { ...latent(64), noise: 'view.noise', join: 'op.concat' };
    const rest = ['z.z -> noise.in', 'noise.out -> join.in', 'join.out -> decoder.in'];
    expect(findings(noisy, [...rest, ...edges.slice(1)])).toEqual(['info lint.immune energy']);
    expect(findings(noisy, ['z.z -> join.in', ...rest, ...edges.slice(1)])).toEqual([WARNING]);
    const sparse = ['reg.l1', { weight: 0 }] as const;
    expect(findings({ ...latent(64), sparse }, [...edges, 'z.z -> sparse.z'])).toEqual([WARNING]);
  });

  it('refuses a latent to be inferred that reaches no energy', () => {
    expect(findings({ ...latent(8), z2: 'latent.continuous' }, edges)).toContain(
      'error free.no-energy z2',
    );
  });
});

describe('each guard', () => {
  const GUARDS = {
    'loss.infoNCE': ['a.out -> guard.a', 'b.out -> guard.b'],
    'reg.barlow': ['a.out -> guard.a', 'b.out -> guard.b'],
    'reg.sigreg': ['a.out -> guard.z'],
    'reg.uniformity': ['a.out -> guard.z'],
  } as const;

  it.each(Object.entries(GUARDS))(
    'of %s protects what it reads, unless it weighs 0',
    (kind, edges) => {
      for (const energy of ['energy.squared', 'energy.cosine']) {
        const guarded = (params: Record<string, unknown>): string[] =>
          findings({ ...JOINT, energy, guard: [kind, params] }, [...JOINT_EDGES, ...edges]);
        expect(guarded({})).toEqual([]);
        expect(guarded({ weight: 0 })).toContain(COLLAPSE);
      }
    },
  );

  it('drives dimensions apart, Barlow Twins by its λ only', () => {
    const guard = ['reg.barlow', { lambda: 0 }] as const;
    expect(findings({ ...JOINT, guard }, [...JOINT_EDGES, ...GUARDS['reg.barlow']])).toEqual([
      DIMENSIONAL,
    ]);
  });
});

describe('a contrastive functional', () => {
  const LOSSES = ['loss.hinge', 'loss.squareSquare', 'loss.logistic', 'loss.nll'];
  const contrasted = (loss: string, params: Record<string, unknown> = {}): Nodes => ({
    loss: [loss, params],
    sampler: 'negative.shuffle',
  });
  const reads = ['digits.x -> sampler.y', 'sampler.negative -> loss.negative', 'energy.energy -> loss.energy']; // prettier-ignore

  it.each(LOSSES)('%s guards a joint embedding and an autoencoder', (loss) => {
    expect(findings({ ...JOINT, ...contrasted(loss) }, [...JOINT_EDGES, ...reads])).toEqual([]);
    const wide = ['module.mlp', { widths: [128], outputShape: [8, 8, 1] }] as const;
    const nodes: Nodes = { digits: 'data.digits', wide, energy: 'energy.squared' };
    const copies = ['digits.x -> wide.in', 'wide.out -> energy.a', 'digits.x -> energy.b'];
    expect(findings(nodes, copies)).toEqual(['warning lint.identity-collapse energy']);
    expect(findings({ ...nodes, ...contrasted(loss) }, [...copies, ...reads])).toEqual([]);
  });

  it.each(LOSSES)('%s guards nothing with a weight of 0', (loss) => {
    const plain = { ...JOINT, ...contrasted(loss, { weight: 0 }), plain: 'loss.energy' } as const;
    expect(findings(plain, [...JOINT_EDGES, ...reads, 'energy.energy -> plain.energy'])).toEqual([
      COLLAPSE,
    ]);
  });
});

describe('lint of masks', () => {
  it('takes what a mask hides for no way to copy', () => {
    const decoder = ['module.mlp', { widths: [128], outputShape: [8, 8, 1] }] as const;
    const nodes: Nodes = { digits: 'data.digits', mask: 'view.mask', decoder, energy: 'energy.squared' }; // prettier-ignore
    const edges = ['digits.x -> mask.in', 'mask.out -> decoder.in', 'decoder.out -> energy.a', 'digits.x -> energy.b', 'mask.mask -> energy.mask']; // prettier-ignore
    expect(findings(nodes, edges)).toEqual(['info lint.immune energy']);
    expect(findings({ ...nodes, mask: ['view.mask', { ratio: 0 }] }, edges)).toEqual([
      'warning lint.identity-collapse energy',
    ]);
  });
});
