import { z } from 'zod';
import type { Contrast, FunctionalContext } from '../../../src/graph/contrast';
import type { Value } from '../../../src/ir/types';
import { contrastOf, defineContrastive } from '../../shared/contrast/define';
import { MARGIN_PARAMETER } from '../../shared/contrast/margin';
import { CONTRASTIVE_PORTS } from '../../shared/contrast/ports';
import { choiceParameter, weightParameter } from '../../shared/parameters';
import { sumPerRow } from '../../shared/rows';

/** Weight of the gradient penalty (Gulrajani et al. 2017). */
const PENALTY = 10;
/** Under the root of ‖∇F‖². */
const LEAST_SQUARE = 1e-12;

const parameters = z.object({
  weight: weightParameter(),
  form: choiceParameter(['margin', 'wasserstein'], 'margin', {
    label: 'Form',
    description: 'Up to a margin (EBGAN), or without bound with a penalty on the slope (WGAN-GP).',
  }),
  margin: MARGIN_PARAMETER.meta({
    label: 'Margin m',
    description: 'Up to where the energy of made points is pushed.',
    live: true,
    range: [0, 10],
    control: 'slider',
    when: { form: ['margin'] },
  }),
  generatorRate: z
    .number()
    .min(0)
    .max(1e3)
    .default(1)
    .meta({
      label: 'Generator’s rate',
      description: 'Factor of the learning rate for the weights of the generator.',
      live: true,
      range: [0.1, 10],
      scale: 'log',
      control: 'slider',
    }),
});

type Context = FunctionalContext<z.infer<typeof parameters>>;

export const lossAdversarial = defineContrastive({
  kind: 'loss.adversarial',
  category: 'loss',
  title: 'Adversarial loss',
  synonyms: ['GAN', 'EBGAN', 'generator', 'discriminator', 'min-max'],
  icon: 'swords',
  help: 'Two players in one step: the energy goes down on data and up on what a generator makes; the generator makes points of low energy. Each player’s gradient reaches its own weights only.',
  formula: String.raw`\begin{gathered} \mathcal{L}_F = \langle F(y) + [m - F(\operatorname{sg} G(z))]_+ \rangle \\ \mathcal{L}_G = \langle F(G(z)) \rangle \end{gathered}`,
  source:
    'Zhao, Mathieu & LeCun 2017 (EBGAN), Eq. 1–2; Gulrajani et al. 2017 (WGAN-GP), Eq. 3; Dawid & LeCun 2023, §4.1.1',
  params: parameters,
  ports: () => CONTRASTIVE_PORTS,
  functional: {
    takes: 'generator',
    generatorRate: 'generatorRate',
    reports: ['energy', 'generator'],
    loss: (context) => {
      const { builder, report } = context;
      const contrast = contrastOf(context);
      const judge = energyPlayer(context, contrast);
      const made = contrast.generated ?? contrast.points;
      const maker = builder.mean(contrast.energyAt(made, { frozen: true }));
      report('energy', judge);
      report('generator', maker);
      return builder.add(judge, maker);
    },
  },
  traits: () => ({ contrasts: true }),
});

function energyPlayer(context: Context, contrast: Contrast): Value {
  const { builder, params, energy, live } = context;
  const contrasted = contrast.energyAt(contrast.points);
  if (params.form === 'margin') {
    const short = builder.relu(builder.sub(live('margin'), contrasted));
    return builder.mean(builder.add(energy, short));
  }
  const gap = builder.mean(builder.sub(energy, contrasted));
  return builder.add(gap, builder.mul(slopePenalty(context, contrast), PENALTY));
}

/** (‖∇F‖ − 1)² at points between data and what is made, averaged. */
function slopePenalty({ builder, uniform }: Context, contrast: Contrast): Value {
  const { points, slopesAt } = contrast;
  const observed = builder.stopGradient(contrast.observed);
  const [batch = 1] = points.shape;
  const part = builder.broadcast(uniform('between', [batch]), points.shape, [0]);
  const between = builder.add(observed, builder.mul(part, builder.sub(points, observed)));
  const squares = sumPerRow(builder, builder.square(slopesAt(between)));
  const length = builder.sqrt(builder.max(squares, LEAST_SQUARE));
  return builder.mean(builder.square(builder.sub(length, 1)));
}
