import { describe, expect, it } from 'vitest';
import {
  type Nodes,
  findings,
  ENCODER,
  JOINT,
  JOINT_EDGES,
  EXPANDER,
  PREDICTOR,
  COLLAPSE,
  DIMENSIONAL,
} from '../../../../tests/support/lintSketch';

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
