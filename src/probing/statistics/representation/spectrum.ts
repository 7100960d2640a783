import type { Evidence } from '../evidence';
import type { MeasuredRepresentation } from '../measuredRepresentation';
import { HELD_OUT_ROWS } from '../reads';

export const spectrum: Evidence<MeasuredRepresentation, 'spectrum'> = {
  title: 'Spectrum',
  symbol: String.raw`s_k`,
  formula: String.raw`\sigma_k / \sqrt{N - 1}, \quad \sigma = \mathrm{sv}(Z - \bar Z)`,
  source: 'Jing, Vincent, LeCun & Tian 2022, Understanding dimensional collapse, §3',
  reads: HELD_OUT_ROWS,
  unit: 'that of the representation',
  help: 'Deviations along the principal axes, descending, on a logarithmic axis.',
  healthy: 'It falls slowly: a cliff ends the directions that are in use.',
  drawing: 'spectrum',
  heading: 'Spectrum',
  compute: ({ centredSpectrum, spectrumRows }) =>
    centredSpectrum.map((value) => value / Math.sqrt(Math.max(1, spectrumRows - 1))),
};
