import type { EvaluationProgram } from '../compiler/programs/compiled';
import type { PortKey } from '../compiler/graph/graph';
import type { Executable } from '../engine/engine';
import { initialState } from '../engine/initialState';
import { evaluateModel } from './evaluateModel';
import { columnDeviations, mean, rowMatrix } from './rowMatrix';
import { ENERGY_STATISTICS, type EnergyStatistics } from './statistics';
import { measureEnergy } from './statistics/measuredEnergy';
import { computeStatistics } from './statistics/statistic';

/** The same measures with the initial weights: what training made of a model is the difference. */
export interface Baseline {
  readonly loss: number;
  /** Mean deviation of each representation. */
  readonly deviations: Readonly<Record<PortKey, number>>;
  readonly energies: Readonly<Record<string, EnergyStatistics>>;
}

export async function measureBaseline(
  evaluation: EvaluationProgram,
  executable: Executable,
): Promise<Baseline> {
  const { program, representations, energies } = evaluation;
  const initial = new Map(program.state.map((spec) => [spec.name, initialState(spec)]));
  const evaluated = await evaluateModel(evaluation, executable, initial);
  return {
    loss: evaluated.loss,
    deviations: Object.fromEntries(
      representations.map(({ key, rows, dim }) => [
        key,
        mean(columnDeviations(rowMatrix(rows, dim, evaluated.representation(key)))),
      ]),
    ),
    energies: Object.fromEntries(
      energies.map(({ nodeId }) => [
        nodeId,
        computeStatistics(ENERGY_STATISTICS, measureEnergy(evaluated.energy(nodeId))),
      ]),
    ),
  };
}
