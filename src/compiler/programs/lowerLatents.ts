import { defined } from '../../core/invariant';
import { elementCount, type Value } from '../../ir/types';
import type { Evaluation } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { portKey } from '../graph/graph';
import { OUTPUT, type WatchedLatent } from './compiled';
import type { Watching } from './watchedEnergies';

/** The latents that energies are computed from, as `evaluation` has them, with their posteriors where encoders give them. */
export function lowerLatents(
  { builder, analysis }: ProgramContext,
  batch: number,
  evaluation: Evaluation,
  energies: readonly Watching[],
  outputs: Map<string, Value>,
): WatchedLatent[] {
  const nodes = new Set(energies.flatMap(({ latents }) => latents));
  return [...nodes].flatMap((node): WatchedLatent[] => {
    const port = node.ports.outputs.find(({ type }) => type === 'tensor');
    if (!port) return [];
    const value = evaluation.output({ nodeId: node.id, port: port.name });
    const { time } = defined(analysis.types.get(portKey(node.id, port.name)), 'type of a latent');
    const rows = batch * (time ?? 1);
    const dim = elementCount(value.shape) / rows;
    const matrix = (one: Value): Value => builder.reshape(one, [rows, dim]);
    outputs.set(OUTPUT.latent(node.id), matrix(value));
    const { latent } = node.definition;
    const posterior = latent?.posterior?.(evaluation.contextOf(node.id)) ?? null;
    if (posterior) {
      outputs.set(OUTPUT.latentMean(node.id), matrix(posterior.mean));
      outputs.set(OUTPUT.latentLogVariance(node.id), matrix(posterior.logVariance));
    }
    return [
      {
        nodeId: node.id,
        label: node.label,
        rows,
        dim,
        isCode: latent?.isCode?.(node.params) ?? false,
        hasPosterior: posterior !== null,
        energies: energies
          .filter(({ latents }) => latents.includes(node))
          .map((energy) => energy.node.id),
      },
    ];
  });
}
