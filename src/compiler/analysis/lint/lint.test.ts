import { describe, expect, it } from 'vitest';
import { registry } from '../../../../nodes/index';
import { analyse } from '../analyse';
import { sketchDocument } from '../../testing/testGraphs';

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
const COLLAPSE = 'warning lint.joint-embedding-collapse energy';
const DIMENSIONAL = 'warning lint.dimensional-collapse energy';

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

  it('refuses a latent to be inferred that reaches no energy', () => {
    expect(findings({ ...latent(8), z2: 'latent.continuous' }, edges)).toContain(
      'error free.no-energy z2',
    );
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

  it('remarks on a node that takes no part', () => {
    expect(
      findings({ ...JOINT, reg: 'reg.vicreg', idle: ENCODER }, [
        ...JOINT_EDGES,
        'a.out -> reg.z',
        'digits.x -> idle.in',
      ]),
    ).toEqual(['info lint.unused-node idle']);
  });
});
