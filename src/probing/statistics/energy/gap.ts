import type { EnergyStatistic } from '../measuredEnergy';
import { HELD_OUT_PAIRS } from '../reads';

export const gap: EnergyStatistic = {
  title: 'Energy gap',
  heading: 'Gap',
  symbol: String.raw`\Delta F`,
  formula: String.raw`\bar F(x, y') - \bar F(x, y)`,
  source: 'Dawid & LeCun 2023, §4 (collapse is an energy that is flat in y)',
  reads: HELD_OUT_PAIRS,
  unit: 'that of the energy',
  help: 'Shuffled − data.',
  healthy: 'At 0 the energy is flat in y, which is the definition of collapse.',
  table: 'column',
  detail: true,
  textColumn: 'gap',
  chart: {
    title: 'Energy gap',
    hint: 'F(x, other y) − F(x, y). At 0 the energy is flat: it does not tell right from wrong.',
  },
  compute: ({ data, shuffled }) => shuffled && shuffled.mean - data.mean,
};
