import { z } from 'zod';
import { sumPerRow } from '../../shared/rows';
import { contrastOf, defineContrastive } from '../../shared/contrast/define';
import { CONTRASTIVE_PORTS } from '../../shared/contrast/ports';
import { weightParameter } from '../../shared/parameters';

/** Under σ². */
const LEAST_VARIANCE = 1e-12;

export const lossScoreMatching = defineContrastive({
  kind: 'loss.scoreMatching',
  category: 'loss',
  title: 'Denoising score matching',
  synonyms: [
    'denoising score matching',
    'score function',
    'diffusion',
    'Stein',
    'gradient of the log density',
  ],
  icon: 'move-diagonal',
  help: 'Makes the slope of the energy at a noisy point lead back to where it came from. The noise comes from a noise node; no sampling is needed.',
  formula: String.raw`\mathcal{L} = \tfrac{\sigma^2}{2} \Big\langle \big\| \nabla_{\tilde{y}} F(x, \tilde{y}) - \tfrac{\tilde{y} - y}{\sigma^2} \big\|^2 \Big\rangle`,
  source:
    'Vincent 2011, §4.3; Dawid & LeCun 2023, §4.2; times σ², so that its size does not depend on σ',
  params: z.object({ weight: weightParameter() }),
  ports: () => CONTRASTIVE_PORTS,
  functional: {
    takes: 'noise',
    loss: (context) => {
      const { builder } = context;
      const { observed, points, deviation, slopesAt } = contrastOf(context);
      const sigma = deviation ?? builder.constant(1);
      const variance = builder.max(builder.square(sigma), LEAST_VARIANCE);
      const back = builder.div(builder.sub(points, builder.stopGradient(observed)), variance);
      const squares = sumPerRow(builder, builder.square(builder.sub(slopesAt(points), back)));
      return builder.mul(builder.mul(variance, 0.5), builder.mean(squares));
    },
  },
  traits: () => ({ contrasts: true }),
});
