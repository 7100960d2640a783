import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../core/diagnostic';
import { registry } from '../../../../nodes/index';
import { analyse } from '../analyse';
import { sketchDocument } from '../../testing/testGraphs';
import { lint } from './lint';
import type { LintRule } from './lintRule';
import { LINT_RULES } from './lintRules';
import { findings, ENCODER, JOINT, JOINT_EDGES } from '../../../../tests/support/lintSketch';

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
