import { binCounts, rangeOf } from '../bins';
import type { Evidence } from '../evidence';
import type { MeasuredEnergy } from '../measuredEnergy';
import { HELD_OUT_PAIRS } from '../reads';

export const pairs: Evidence<MeasuredEnergy, 'pairs'> = {
  title: 'Energies of true and shuffled pairs',
  symbol: String.raw`F(x, y), F(x, y')`,
  formula: String.raw`\#\{n : F(x_n, y_n) \in \text{bin } b\}, \; \#\{n : F(x_n, y_{\pi(n)}) \in \text{bin } b\}`,
  source: 'Dawid & LeCun 2023, §4; a plain count in 32 bins over one range',
  reads: HELD_OUT_PAIRS,
  unit: 'pairs',
  help: 'How the energies of true pairs are distributed, and those of others.',
  healthy: 'Apart, true pairs to the left. Where one lies on the other the energy is flat.',
  drawing: 'pairs',
  heading: 'True and other pairs',
  compute: ({ arrays: { data, shuffled } }) => {
    const [low, high] = rangeOf(data, shuffled ?? []);
    return {
      low,
      high,
      data: binCounts(data, low, high),
      shuffled: shuffled && binCounts(shuffled, low, high),
    };
  },
};
