import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../core/diagnostic';
import { registry } from '../../../../nodes/index';
import { analyse } from '../analyse';
import { sketchDocument } from '../../testing/testGraphs';
import { lint } from './lint';
import type { LintRule } from './lintRule';
import { LINT_RULES } from './lintRules';

type Nodes = Parameters<typeof sketchDocument>[0]['nodes'];

function findings(nodes: Nodes, edges: string[]): string[] {
  return analyse(sketchDocument({ nodes, edges }), registry).diagnostics.map(
    ({ code, nodeId, severity }) => `${severity} ${code} ${nodeId}`,
  );
}

const ENCODER = ['module.mlp', { role: 'encoder', widths: [16], width: 8 }] as const;
const JOINT: Nodes = { digits: 'data.digits', a: ENCODER, b: ENCODER, energy: 'energy.squared' };
const JOINT_EDGES = [
  'digits.x -> a.in',
  'digits.x -> b.in',
  'a.out -> energy.a',
  'b.out -> energy.b',
];
const EXPANDER = ['module.mlp', { role: 'expander', widths: [16], width: 16 }] as const;
const PREDICTOR = ['module.mlp', { role: 'predictor', widths: [8], width: 8 }] as const;
const COLLAPSE = 'warning lint.joint-embedding-collapse energy';
const DIMENSIONAL = 'warning lint.dimensional-collapse energy';
const FLAT = 'warning lint.flat-energy energy';

describe('lint of joint embeddings', () => {
  it('warns where nothing keeps either side informative', () => {
    expect(findings(JOINT, JOINT_EDGES)).toEqual([COLLAPSE]);
  });

  it('is content with VICReg on the representations, or behind an expander', () => {
    expect(
      findings({ ...JOINT, reg: 'reg.vicreg' }, [
        ...JOINT_EDGES,
        'a.out -> reg.z',
        'b.out -> reg.z',
      ]),
    ).toEqual([]);
    const expander = ['module.mlp', { role: 'expander', widths: [16], width: 16 }] as const;
    expect(
      findings({ ...JOINT, expander, reg: 'reg.vicreg' }, [
        ...JOINT_EDGES,
        'a.out -> expander.in',
        'expander.out -> reg.z',
      ]),
    ).toEqual([]);
  });

  it('warns of dimensional collapse where only the variance is kept', () => {
    const reg = ['reg.vicreg', { variance: 25, covariance: 0 }] as const;
    expect(findings({ ...JOINT, reg }, [...JOINT_EDGES, 'a.out -> reg.z'])).toEqual([DIMENSIONAL]);
    expect(findings({ ...JOINT, reg: 'reg.variance' }, [...JOINT_EDGES, 'a.out -> reg.z'])).toEqual(
      [DIMENSIONAL],
    );
  });

  it('warns where only covariance is driven down: shrinking does that too', () => {
    expect(
      findings({ ...JOINT, reg: 'reg.covariance' }, [...JOINT_EDGES, 'a.out -> reg.z']),
    ).toEqual([COLLAPSE]);
  });

  it('takes a regularizer whose weight is zero for none', () => {
    const reg = ['reg.vicreg', { variance: 0, covariance: 0 }] as const;
    expect(findings({ ...JOINT, reg }, [...JOINT_EDGES, 'a.out -> reg.z'])).toContain(COLLAPSE);
  });

  it('accepts a stopped target with a predictor on the other side, and not without', () => {
    const stopped = [
      'digits.x -> a.in',
      'digits.x -> b.in',
      'b.out -> stop.in',
      'stop.out -> energy.b',
      'a.weights -> b.weights',
    ];
    const nodes: Nodes = { ...JOINT, stop: 'op.stopGradient' };
    const predictor = ['module.mlp', { role: 'predictor', widths: [8], width: 8 }] as const;
    expect(
      findings({ ...nodes, predictor }, [
        ...stopped,
        'a.out -> predictor.in',
        'predictor.out -> energy.a',
      ]),
    ).toEqual([]);
    expect(findings(nodes, [...stopped, 'a.out -> energy.a'])).toEqual([COLLAPSE]);
  });
});

describe('lint of averages of weights', () => {
  const BYOL: Nodes = { ...JOINT, ema: 'weights.ema' };
  const EDGES = [
    'digits.x -> a.in',
    'digits.x -> b.in',
    'b.out -> energy.b',
    'a.weights -> ema.weights',
    'ema.weights -> b.weights',
  ];
  const PREDICTED = [...EDGES, 'a.out -> predictor.in', 'predictor.out -> energy.a'];

  it('takes one for a stopped target: fine with a predictor on the other side, and not without', () => {
    expect(findings({ ...BYOL, predictor: PREDICTOR }, PREDICTED)).toEqual([]);
    expect(findings(BYOL, [...EDGES, 'a.out -> energy.a'])).toEqual([COLLAPSE]);
  });

  it('does not take a predictor that the target averages for a step more', () => {
    const twice = [
      ...EDGES.filter((edge) => edge !== 'b.out -> energy.b'),
      'a.out -> predictor.in',
      'predictor.out -> energy.a',
      'b.out -> p2.in',
      'p2.out -> energy.b',
      'predictor.weights -> ema2.weights',
      'ema2.weights -> p2.weights',
    ];
    expect(
      findings({ ...BYOL, predictor: PREDICTOR, p2: PREDICTOR, ema2: 'weights.ema' }, twice),
    ).toEqual([COLLAPSE]);
  });

  it('finds the target trained where a gradient passes through it to a module', () => {
    const through = PREDICTED.map((edge) => (edge === 'digits.x -> b.in' ? 'a.out -> b.in' : edge));
    const square = ['module.mlp', { widths: [], width: 8 }] as const;
    expect(
      findings({ ...BYOL, a: square, b: square, predictor: PREDICTOR, first: square }, [
        ...through.map((edge) => edge.replace('digits.x -> a.in', 'first.out -> a.in')),
        'digits.x -> first.in',
      ]),
    ).toContain(COLLAPSE);
  });

  it('takes a guard on the average, or on what is above it, for none', () => {
    const guarded = (port: string): string[] =>
      findings({ ...BYOL, reg: 'reg.vicreg' }, [...EDGES, 'a.out -> energy.a', `${port} -> reg.z`]);
    expect(guarded('b.out')).toEqual([COLLAPSE]);
    expect(guarded('a.out')).toEqual([]);
    const below = { ...BYOL, trunk: ENCODER, reg: 'reg.vicreg', a: PREDICTOR, b: PREDICTOR };
    expect(
      findings(below, [
        'digits.x -> trunk.in',
        'trunk.out -> a.in',
        'trunk.out -> b.in',
        ...EDGES.slice(2),
        'a.out -> energy.a',
        'trunk.out -> reg.z',
      ]),
    ).toEqual([COLLAPSE]);
  });

  it('warns where nothing trains what an average follows', () => {
    expect(
      findings({ ...BYOL, c: ENCODER }, [
        ...EDGES.filter((edge) => edge !== 'a.weights -> ema.weights'),
        'c.weights -> ema.weights',
        'digits.x -> c.in',
        'a.out -> energy.a',
      ]),
    ).toEqual(['info lint.immune energy', 'warning lint.average-of-untrained ema']);
  });
});

describe('guards of joint embeddings', () => {
  const JEPA: Nodes = { ...JOINT, predictor: PREDICTOR, reg: 'reg.vicreg' };
  const JEPA_EDGES = [
    'digits.x -> a.in',
    'digits.x -> b.in',
    'a.out -> predictor.in',
    'predictor.out -> energy.a',
    'b.out -> energy.b',
  ];

  it('protect nothing below a trained step, and nothing through a stopped gradient', () => {
    const expanded = [...JOINT_EDGES.slice(0, 2), 'a.out -> ea.in', 'b.out -> eb.in'];
    expect(
      findings({ ...JOINT, ea: EXPANDER, eb: EXPANDER, reg: 'reg.vicreg' }, [
        ...expanded,
        'ea.out -> energy.a',
        'eb.out -> energy.b',
        'a.out -> reg.z',
        'b.out -> reg.z',
      ]),
    ).toEqual([COLLAPSE]);
    expect(
      findings({ ...JOINT, stop: 'op.stopGradient', reg: 'reg.vicreg' }, [
        ...JOINT_EDGES,
        'a.out -> stop.in',
        'stop.out -> reg.z',
      ]),
    ).toEqual([COLLAPSE]);
  });

  it('need to read the predicted side, or the prediction: a predictor can be constant', () => {
    expect(findings(JEPA, [...JEPA_EDGES, 'a.out -> reg.z'])).toEqual([COLLAPSE]);
    expect(findings(JEPA, [...JEPA_EDGES, 'b.out -> reg.z'])).toEqual([]);
    expect(findings(JEPA, [...JEPA_EDGES, 'predictor.out -> reg.z'])).toEqual([]);
  });

  it('protect both of two branches that share weights', () => {
    const edges = [...JEPA_EDGES, 'a.out -> reg.z', 'a.weights -> b.weights'];
    expect(findings(JEPA, edges)).toEqual([]);
    const views = { ...JEPA, view: ['view.dropout', { keep: 0.5 }] as const };
    expect(findings(views, ['digits.x -> view.in', 'view.out -> a.in', ...edges.slice(1)])).toEqual(
      [],
    );
  });

  it('protect what is picked from, or a change of shape of, what they read', () => {
    const through = (kind: string, params: Record<string, unknown> = {}): string[] =>
      findings({ ...JOINT, op: [kind, params], reg: 'reg.vicreg' }, [
        'digits.x -> a.in',
        'digits.x -> b.in',
        'a.out -> op.in',
        'op.out -> energy.a',
        'b.out -> energy.b',
        'a.out -> reg.z',
      ]);
    expect(through('op.flatten')).toEqual([]);
    expect(through('view.noise')).toEqual([]);
    expect(through('op.slice', { axis: 'features' })).toEqual([]);
    // A residual could cancel what it is added to.
    expect(
      findings({ ...JOINT, add: 'op.add', extra: PREDICTOR, reg: 'reg.vicreg' }, [
        ...JOINT_EDGES.filter((edge) => edge !== 'a.out -> energy.a'),
        'a.out -> add.in',
        'a.out -> extra.in',
        'extra.out -> add.in',
        'add.out -> energy.a',
        'a.out -> reg.z',
      ]),
    ).toEqual([COLLAPSE]);
  });

  it('protect nothing that they can do without', () => {
    const expanded = (other: string): string[] =>
      findings({ ...JOINT, noise: 'view.noise', join: ['op.concat', { axis: 'flat' }], ea: EXPANDER, reg: 'reg.vicreg' }, [
        ...JOINT_EDGES,
        'digits.x -> noise.in',
        'a.out -> join.in',
        `${other} -> join.in`,
        'join.out -> ea.in',
        'ea.out -> reg.z',
      ]).filter((text) => !text.includes('unused')); // prettier-ignore
    expect(expanded('digits.x')).toEqual([COLLAPSE]);
    // The noise of a view is enough to keep the variance up.
    expect(expanded('noise.out')).toEqual([COLLAPSE]);
    expect(expanded('a.out')).toEqual([]);
  });

  it('take part only with a weight above zero', () => {
    const pair = (variance: number, covariance: number): string[] =>
      findings(
        {
          ...JOINT,
          variance: ['reg.variance', { weight: variance }],
          covariance: ['reg.covariance', { weight: covariance }],
        },
        [...JOINT_EDGES, 'a.out -> variance.z', 'b.out -> covariance.z'],
      );
    expect(pair(25, 1)).toEqual([]);
    expect(pair(25, 0)).toEqual([DIMENSIONAL]);
    expect(pair(0, 1)).toEqual([COLLAPSE]);
  });

  it('are not needed where a side is never trained, or the energy itself has no weight', () => {
    expect(
      findings({ ...JOINT, stop: 'op.stopGradient' }, [
        ...JOINT_EDGES.slice(0, 3),
        'b.out -> stop.in',
        'stop.out -> energy.b',
      ]),
    ).toEqual(['info lint.immune energy']);
    expect(
      findings({ ...JOINT, energy: ['energy.squared', { weight: 0 }], reg: 'reg.vicreg' }, [
        ...JOINT_EDGES,
        'a.out -> reg.z',
      ]),
    ).toEqual([]);
  });
});

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

describe('lint of settings', () => {
  it('refuses a batch of one where a variance is estimated', () => {
    const document = sketchDocument({
      nodes: { ...JOINT, reg: 'reg.vicreg' },
      edges: [...JOINT_EDGES, 'a.out -> reg.z'],
      training: { batchSize: 1 },
    });
    expect(analyse(document, registry).diagnostics.map(({ code }) => code)).toContain(
      'lint.batch-too-small',
    );
  });

  const one = (nodes: Readonly<Record<string, unknown>>, edges: readonly string[], batchSize = 1) =>
    analyse(
      sketchDocument({ nodes: nodes as typeof JOINT, edges: [...edges], training: { batchSize } }),
      registry,
    ).diagnostics.flatMap(({ code, nodeId }) => (code === 'lint.batch-too-small' ? [nodeId] : []));
  const NORMALISED = { role: 'none', normalisation: 'batch' };
  const CHAIN = ['digits.x -> a.in', 'a.out -> b.in', 'b.out -> energy.a', 'digits.x -> energy.b'];
  const chain = (b: unknown) => ({
    digits: 'data.digits',
    a: ['module.mlp', { width: 64 }],
    b,
    energy: 'energy.squared',
  });

  it.each([
    ['module.mlp', { ...NORMALISED, width: 64 }],
    ['op.standardize', {}],
  ])('refuses one row for the batch statistics of %s', (kind, params) => {
    expect(one(chain([kind, params]), CHAIN)).toEqual(['b']);
    expect(one(chain([kind, params]), CHAIN, 2)).toEqual([]);
  });

  it('takes one row where nothing is normalised, and where an image has many places', () => {
    expect(
      one(chain(['module.mlp', { width: 64, widths: [], normalisation: 'batch' }]), CHAIN),
    ).toEqual([]);
    expect(one(chain(['module.mlp', { width: 64, normalisation: 'layer' }]), CHAIN)).toEqual([]);
    const images = {
      digits: 'data.digits',
      a: ['op.reshape', { shape: [8, 8, 1] }],
      b: ['module.conv', { ...NORMALISED, outputShape: [64] }],
      energy: 'energy.squared',
    };
    expect(one(images, CHAIN)).toEqual([]);
  });

  it.each([
    ['reg.variance', 'z'],
    ['reg.covariance', 'z'],
    ['reg.vicreg', 'z'],
    ['reg.sigreg', 'z'],
    ['reg.uniformity', 'z'],
    ['reg.barlow', 'a b'],
    ['loss.infoNCE', 'a b'],
  ])('refuses one row for %s', (kind, ports) => {
    const inputs = ports.split(' ').map((port, index) => `${'ab'[index]}.out -> reg.${port}`);
    const nodes = { ...JOINT, reg: kind };
    expect(one(nodes, [...JOINT_EDGES, ...inputs])).toEqual(['reg']);
    expect(one(nodes, [...JOINT_EDGES, ...inputs], 2)).toEqual([]);
  });

  it('remarks on a node that takes no part', () => {
    expect(
      findings({ ...JOINT, reg: 'reg.vicreg', idle: ENCODER }, [
        ...JOINT_EDGES,
        'a.out -> reg.z',
        'digits.x -> idle.in',
      ]),
    ).toEqual(['info lint.unused-node idle']);
  });

  it('remarks on a module that leads to a probe alone, unless its weights are those of another', () => {
    const read = (weights: readonly string[]): string[] =>
      findings({ ...JOINT, reg: 'reg.vicreg', aside: ENCODER, probe: 'probe.knn' }, [
        ...JOINT_EDGES,
        'a.out -> reg.z',
        'digits.x -> aside.in',
        'aside.out -> probe.in',
        ...weights,
      ]);
    expect(read([])).toEqual(['info lint.unused-node aside']);
    expect(read(['a.weights -> aside.weights'])).toEqual([]);
  });
});

describe('the list of rules', () => {
  const { graph, types, objective, owners, averages, statistics } = analyse(
    sketchDocument({ nodes: JOINT, edges: JOINT_EDGES }),
    registry,
  );
  const subject = {
    ...{ graph, types, objective, owners, averages, statistics },
    probes: [],
    batchSize: 2,
  };
  const finding = (code: Diagnostic['code'], nodeId?: string): Diagnostic => ({
    code,
    severity: 'info',
    message: 'A made-up finding.',
    ...(nodeId === undefined ? {} : { nodeId }),
  });

  it('takes one more rule, on the graph or on each energy', () => {
    const onGraph: LintRule = {
      on: 'graph',
      find: (context) => [finding('graph.empty', `${context.graph.nodes.length}`)],
    };
    expect(lint(subject, [...LINT_RULES, onGraph]).map(({ nodeId }) => nodeId)).toEqual([
      'energy',
      '4',
    ]);
    const onEnergy: LintRule = {
      on: 'energy',
      find: ({ node }) => finding('lint.immune', node.id),
    };
    expect(lint(subject, [onEnergy, ...LINT_RULES])).toEqual([finding('lint.immune', 'energy')]);
  });

  it('lets the first rule speak that has something to say of an energy', () => {
    const second: LintRule = { on: 'energy', find: () => finding('lint.immune', 'energy') };
    expect(lint(subject, [...LINT_RULES, second]).map(({ code }) => code)).toEqual([
      'lint.joint-embedding-collapse',
    ]);
  });
});
