import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred, type LowerContext } from '../../../src/graph/nodeDefinition';
import { sampleSize } from '../../../src/graph/ports';
import { l2Normalize } from '../../../src/ir/compose';
import type { Value } from '../../../src/ir/types';
import { weightParameter } from '../../shared/parameters';
import { VIEWS_TO_LOSS } from '../../shared/regularizers';
import { flattenRows, rowCount } from '../../shared/rows';
import { tooLarge } from '../../shared/shapeProblems';

/** Random directions, drawn anew in each step. */
const DIRECTIONS = 256;
/** Nodes of the integral over t from 0 to `LAST_NODE`. */
const NODES = 17;
const LAST_NODE = 3;

const STEP = LAST_NODE / (NODES - 1);
const TIMES = Array.from({ length: NODES }, (_, index) => index * STEP);
/** e^{−t²/2}: the characteristic function of N(0, 1), which is also the weight of the integral. */
const TARGETS = TIMES.map((t) => Math.exp((-t * t) / 2));
/** The trapezoidal rule on [−3, 3], of which the integrand's symmetry leaves one half, times the weight. */
const WEIGHTS = TARGETS.map((target, index) => {
  const isEnd = index === 0 || index === NODES - 1;
  return (isEnd ? STEP : 2 * STEP) * target;
});

/** Unit vectors as columns: `[width, 256]`. */
function drawDirections(context: LowerContext<unknown>, width: number): Value {
  const normal = context.normal(`directions:${width}`, [width, DIRECTIONS]);
  return l2Normalize(context.builder, normal, 0);
}

/**
 * The statistic of Epps and Pulley (1983) of one view `[rows, …]`, averaged over the directions a, a scalar:
 * N Σ_t w_t [(mean cos(t u) − e^{−t²/2})² + (mean sin(t u))²], u = z·a. It is least where every u is as N(0, 1).
 */
function statistic(context: LowerContext<unknown>, z: Value): Value {
  const { builder } = context;
  const flat = flattenRows(builder, z);
  const directions = drawDirections(context, defined(flat.shape[1], 'the width'));
  const projected = builder.dot(flat, directions);
  const shape = [NODES, rowCount(z), DIRECTIONS];
  const phases = builder.mul(
    builder.broadcast(projected, shape, [1, 2]),
    builder.broadcast(builder.literal(TIMES), shape, [0]),
  );
  const along = (values: readonly number[]): Value =>
    builder.broadcast(builder.literal(values), [NODES, DIRECTIONS], [0]);
  const real = builder.sub(builder.mean(builder.unary('cos', phases), [1]), along(TARGETS));
  const imaginary = builder.mean(builder.unary('sin', phases), [1]);
  const distance = builder.add(builder.square(real), builder.square(imaginary));
  const total = builder.sum(builder.mul(distance, along(WEIGHTS)));
  return builder.mul(total, rowCount(z) / DIRECTIONS);
}

export const regSigreg = defineNode({
  kind: 'reg.sigreg',
  category: 'reg',
  title: 'SIGReg',
  synonyms: [
    'LeJEPA',
    'isotropic Gaussian',
    'characteristic function',
    'Epps-Pulley',
    'anti-collapse',
  ],
  icon: 'chart-bell-curve',
  help: 'Makes a representation an isotropic Gaussian: along 256 random directions, new in each step, it compares characteristic functions. This is the form of the minimal example in LeJEPA’s repository, 17 nodes on [0, 3] and the factor N; the paper’s Algorithm 1 integrates over [−5, 5]. Views are averaged. LeJEPA weighs it 0.05, and the invariance 0.95.',
  formula: String.raw`\begin{gathered} \operatorname*{mean}_a\; N \sum_t w_t \Big[ \big( \overline{\cos t u} - e^{-t^2/2} \big)^2 + \overline{\sin t u}^{\,2} \Big] \\ u = z^\top a, \quad w_t = 2\,\Delta t\,e^{-t^2/2} \end{gathered}`,
  source:
    'Balestriero & LeCun 2025 (LeJEPA), §4 and the minimal example of its repository; Epps & Pulley 1983',
  params: z.object({ weight: weightParameter(0.05) }),
  ports: () => VIEWS_TO_LOSS,
  time: 'fold',
  infer: ({ inputs }) =>
    tooLarge(
      'The matrix of directions',
      Math.max(...inputs.all('z').map(sampleSize)) * DIRECTIONS,
      'Regularize a narrower representation.',
    ) ?? inferred({}),
  lower: (context) => {
    const { builder } = context;
    const views = context.inputs.all('z');
    const total = views
      .map((view) => statistic(context, view))
      .reduce((sum, loss) => builder.add(sum, loss));
    return { loss: builder.mul(total, 1 / views.length) };
  },
  traits: ({ weight }) => ({
    keepsVariance: weight > 0,
    decorrelates: weight > 0,
    compares: 'rows',
  }),
});
