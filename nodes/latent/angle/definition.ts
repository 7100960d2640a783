import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import type { CodeSource } from '../../../src/graph/inferenceStrategy';
import { tensorType } from '../../../src/graph/ports';
import { ANGLE_INFERENCE } from '../../shared/inference/index';
import {
  modeParameter,
  strategyOf,
  strategyParameters,
} from '../../shared/inference/modeParameters';
import { tensorOutput } from '../../shared/ports';

const CIRCLE = 2 * Math.PI;

const strategy = ({ mode }: { readonly mode: string }) => strategyOf(ANGLE_INFERENCE, mode);

export const latentAngle = defineNode({
  kind: 'latent.angle',
  category: 'latent',
  title: 'Angle',
  synonyms: ['phase', 'circle', 'free variable', 'ellipse'],
  icon: 'rotate-cw',
  help: 'A latent on a circle, in radians. Inference looks at equally spaced angles and descends from the best of them, or sums over all of them.',
  formula: String.raw`\begin{gathered} F_\infty = \min_{z \in [0, 2\pi)} E(x, y, z) \\ F_\beta = -\tfrac{1}{\beta} \log \int_0^{2\pi} e^{-\beta E(x, y, z)}\,dz \end{gathered}`,
  source:
    'Dawid & LeCun 2023, §3.2, Fig. 4b and appendix A5; the integral as in the notes, not divided by 2π',
  params: z.object({
    grid: z
      .number()
      .int()
      .min(4)
      .max(4096)
      .default(48)
      .meta({
        label: 'Angles',
        description: 'Number of equally spaced angles that are looked at.',
        range: [8, 256],
        control: 'slider',
      }),
    mode: modeParameter(ANGLE_INFERENCE),
    ...strategyParameters(ANGLE_INFERENCE),
  }),
  ports: () => ({ inputs: [], outputs: [tensorOutput('z', 'The angle.')] }),
  time: 'aware',
  infer: () => inferred({ z: tensorType([1]) }),
  lower: ({ builder, batch, uniform }) => ({
    z: builder.mul(uniform('prior', [batch, 1]), CIRCLE),
  }),
  free: (params) => {
    const { mode, search } = strategy(params);
    return (
      search && {
        port: 'z',
        mode,
        search,
        codes: equallySpaced(params.grid),
        domain: { kind: 'circle' },
      }
    );
  },
  traits: () => ({ boundsLatent: true }),
});

/** 2πk/n, each standing for an arc of 2π/n. */
function equallySpaced(count: number): CodeSource {
  const arc = CIRCLE / count;
  return {
    count,
    make: ({ builder }) => ({
      points: builder.mul(builder.cast(builder.iota([count, 1], 0), 'f32'), arc),
      logMeasure: Math.log(arc),
    }),
  };
}
