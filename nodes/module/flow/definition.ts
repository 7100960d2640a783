import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { list } from '../../../src/core/schemas';
import { defineNode, inferred, type LowerContext } from '../../../src/graph/nodeDefinition';
import { sampleSize } from '../../../src/graph/ports';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import { activate } from '../../shared/activation';
import { applyLinear } from '../../shared/linear';
import { activationParameter, widthSchema } from '../../shared/modules';
import { weightParameter } from '../../shared/parameters';
import { tensorInput, tensorOutput, WEIGHTS_INPUT, WEIGHTS_OUTPUT } from '../../shared/ports';
import { flattenRows, rowCount, sumPerRow } from '../../shared/rows';
import { tooLarge, unusable } from '../../shared/shapeProblems';
import { couplings, couplingWeights, type Coupling } from './couplings';
import { joinHalves, splitHalves, type Halves } from './halves';

/** A layer stretches a feature by at most e² and shrinks it by at most e⁻². */
const LARGEST_LOG_SCALE = 2;

const parameters = z.object({
  layers: z
    .number()
    .int()
    .min(1)
    .max(64)
    .default(8)
    .meta({
      label: 'Coupling layers',
      description: 'Each moves one half of the features; the halves take turns.',
      range: [1, 16],
      control: 'slider',
    }),
  widths: list(widthSchema, { max: 8 }).default([64]).meta({
    label: 'Hidden widths',
    description: 'Hidden layers of the network in each coupling layer.',
    control: 'widths',
  }),
  activation: activationParameter('silu', {
    label: 'Activation',
    description: 'After each hidden layer; a smooth one makes a smooth density.',
  }),
  weight: weightParameter(),
});

type Params = z.infer<typeof parameters>;

/** s and t of a coupling layer, of the half that stays: each `[rows, size of the moved half]`. */
function scaleAndShift(
  context: LowerContext<Params>,
  { network }: Coupling,
  stays: Value,
): readonly [Value, Value] {
  const { builder, params } = context;
  const both = network.reduce((value, layer, depth) => {
    const linear = applyLinear(context, layer, value);
    return depth < network.length - 1 ? activate(builder, params.activation, linear) : linear;
  }, stays);
  const size = defined(both.shape[1], 'outputs') / 2;
  const raw = builder.sliceAxis(both, 1, 0, size);
  return [bounded(builder, raw), builder.sliceAxis(both, 1, size, 2 * size)];
}

/** 2·tanh(x/2): of slope 1 at 0. */
function bounded(builder: Builder, x: Value): Value {
  const ratio = builder.mul(x, 1 / LARGEST_LOG_SCALE);
  return builder.mul(builder.unary('tanh', ratio), LARGEST_LOG_SCALE);
}

export const moduleFlow = defineNode({
  kind: 'module.flow',
  category: 'module',
  title: 'Flow',
  synonyms: [
    'normalizing flow',
    'normalising flow',
    'invertible',
    'coupling',
    'RealNVP',
    'density',
    'change of variables',
    'bijection',
  ],
  icon: 'arrow-left-right',
  help: 'A trained map that can be inverted, with the volume it makes: affine coupling layers move the features of even and of odd number in turn, each by functions of the others. The energy is −log |det ∂f/∂x|, so with an L2 of weight ½ on the output the energies add up to −log p(x), but for the constant D/2 · log 2π. It starts as the identity.',
  formula: String.raw`\begin{gathered} y_m = x_m \odot e^{s(x_k)} + t(x_k), \quad y_k = x_k, \quad s = 2 \tanh(\tfrac{1}{2} \tilde{s}) \\ -\log |\det \partial f / \partial x| = -\sum_{\text{layers}} \sum_d s_d \\ -\log p(x) = \tfrac{1}{2} \|f(x)\|^2 - \log |\det \partial f / \partial x| + \tfrac{D}{2} \log 2\pi \end{gathered}`,
  source:
    'Dinh, Sohl-Dickstein, Bengio 2017 (Real NVP), §3.2–3.5; zero-initialised last layers: Kingma & Dhariwal 2018 (Glow), §3.3; Dawid & LeCun 2023, §4.2',
  params: parameters,
  ports: () => ({
    inputs: [tensorInput('in', 'At least two numbers a sample.'), WEIGHTS_INPUT],
    outputs: [
      tensorOutput('out', 'As many numbers, to be distributed as the prior.'),
      {
        name: 'logDet',
        type: 'energy',
        term: '−log|det|',
        help: 'Minus the log-determinant of the Jacobian: low where the map stretches.',
      },
      WEIGHTS_OUTPUT,
    ],
  }),
  time: 'fold',
  infer: ({ params, inputs }) => {
    const input = inputs.one('in');
    const size = sampleSize(input);
    if (size < 2) {
      return unusable('in', input, 'at least two numbers, as one half is moved by the other');
    }
    const matrices = couplings(params, size).flatMap(({ network }) =>
      network.map(({ inputs: rows, outputs }) => rows * outputs),
    );
    return (
      tooLarge('The largest weight matrix', Math.max(...matrices), 'Choose smaller widths.') ??
      inferred({ out: input })
    );
  },
  weights: ({ params, inputs }) =>
    couplings(params, sampleSize(inputs.one('in'))).flatMap(couplingWeights),
  lower: (context) => {
    const { builder, inputs, params } = context;
    const input = inputs.one('in');
    const flat = flattenRows(builder, input);
    const size = defined(flat.shape[1], 'features');
    let halves: Halves = splitHalves(builder, flat);
    let logDet = builder.constant(0, [rowCount(flat)]);
    for (const coupling of couplings(params, size)) {
      const { moved } = coupling;
      const [s, t] = scaleAndShift(context, coupling, halves[moved === 0 ? 1 : 0]);
      const changed = builder.add(builder.mul(halves[moved], builder.exp(s)), t);
      halves = moved === 0 ? [changed, halves[1]] : [halves[0], changed];
      logDet = builder.add(logDet, sumPerRow(builder, s));
    }
    const out = builder.reshape(joinHalves(builder, halves), input.shape);
    return { out, logDet: builder.neg(logDet) };
  },
});
