import type { PortKey } from '../compiler/graph/graph';
import { measurements, objectiveNumbers } from '../compiler/metrics';
import { OUTPUT, type EvaluationProgram, type WatchedLatent } from '../compiler/programs/compiled';
import { defined } from '../core/invariant';
import type { Executable, HostArray, HostArrays } from '../engine/engine';
import { fittingState } from '../engine/fittingState';
import type { EnergyArrays } from './statistics/measuredEnergy';
import type { InferenceArrays } from './statistics/measuredInference';
import type { LatentArrays } from './statistics/measuredLatent';

/** What one evaluation on held-out rows gives. */
export interface Evaluated {
  readonly loss: number;
  readonly terms: Readonly<Record<string, number>>;
  /** `[rows, dim]` of a representation port. */
  representation(key: PortKey): HostArray;
  /** The same of each view of the samples; none where there is one. */
  views(keys: readonly PortKey[]): readonly HostArray[];
  energy(nodeId: string): EnergyArrays;
  latent(latent: WatchedLatent): Pick<LatentArrays, 'values' | 'posterior'>;
  inference(nodeId: string): InferenceArrays;
}

/** Runs the evaluation with these weights. Every call draws the same random numbers. */
export async function evaluateModel(
  { program, metrics, energies, variables, tenfold }: EvaluationProgram,
  executable: Executable,
  state: HostArrays,
): Promise<Evaluated> {
  executable.writeState(fittingState(program, state), 0);
  await executable.run(1);
  const { loss, terms } = objectiveNumbers(measurements(metrics, await executable.drainMetrics()));
  const outputs = await executable.readOutputs();
  const output = (name: string) => defined(outputs.get(name), `output ${name}`);
  return {
    loss,
    terms,
    representation: (key) => output(OUTPUT.representation(key)),
    views: (keys) => keys.map((key) => output(OUTPUT.view(key))),
    latent: ({ nodeId, hasPosterior }) => ({
      values: output(OUTPUT.latent(nodeId)),
      posterior: hasPosterior
        ? {
            mean: output(OUTPUT.latentMean(nodeId)),
            logVariance: output(OUTPUT.latentLogVariance(nodeId)),
          }
        : null,
    }),
    energy: (nodeId) => {
      const watched = defined(
        energies.find((energy) => energy.nodeId === nodeId),
        nodeId,
      );
      return {
        data: output(OUTPUT.energy(nodeId)),
        shuffled: watched.contrast ? output(OUTPUT.shuffledEnergy(nodeId)) : null,
        mismatched: outputs.get(OUTPUT.mismatchedEnergy(nodeId)) ?? null,
        latentOwn: outputs.get(OUTPUT.latentEnergy(nodeId)) ?? null,
        bySteps: outputs.get(OUTPUT.energySteps(nodeId)) ?? null,
        shuffledBySteps: outputs.get(OUTPUT.shuffledEnergySteps(nodeId)) ?? null,
        latentShuffled: watched.hasLatent ? output(OUTPUT.latentShuffledEnergy(nodeId)) : null,
      };
    },
    inference: (nodeId) => {
      const watched = defined(
        variables.find((variable) => variable.nodeId === nodeId),
        nodeId,
      );
      return {
        energy: output(OUTPUT.inferredEnergy(nodeId)),
        before: watched.steps.slice(0, -1).map((steps) => ({
          steps,
          energy: output(OUTPUT.partlyInferredEnergy(nodeId, steps)),
        })),
        steps: watched.steps.at(-1) ?? 0,
        slope: output(OUTPUT.inferredSlope(nodeId)),
        tenfold: tenfold ? output(OUTPUT.tenfoldEnergy(nodeId)) : null,
      };
    },
  };
}
