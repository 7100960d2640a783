import type { ProbeReport } from '../probing/report';

/**
 * The numbers of a report by name, flat: `heldOut.loss`, `heldOut.NODE` for a term, `NODE.PORT.STATISTIC` for a representation
 * and `NODE.STATISTIC` for an energy, an inferred variable, a latent or a module. These are the names that `basin sweep --metric` takes. A
 * statistic that does not exist, such as the gap of an energy without pairs, is left out.
 */
export function finalNumbers(report: ProbeReport): Record<string, number> {
  const numbers: Record<string, number> = { 'heldOut.loss': report.loss };
  const add = (prefix: string, values: object): void => {
    for (const [key, value] of Object.entries(values)) {
      if (typeof value === 'number' && key !== 'rows') numbers[`${prefix}.${key}`] = value;
    }
  };
  for (const [nodeId, value] of Object.entries(report.terms)) numbers[`heldOut.${nodeId}`] = value;
  for (const [key, rep] of Object.entries(report.reps)) add(key, rep);
  for (const [nodeId, energy] of Object.entries(report.energies)) add(nodeId, energy);
  for (const [nodeId, inference] of Object.entries(report.inference)) add(nodeId, inference);
  for (const [nodeId, latent] of Object.entries(report.latents)) add(nodeId, latent);
  for (const [nodeId, module] of Object.entries(report.modules ?? {})) add(nodeId, module);
  for (const [key, shares] of Object.entries(report.gradientShares ?? {})) {
    for (const [nodeId, share] of Object.entries(shares)) add(`${key}.${nodeId}`, share);
  }
  return numbers;
}
