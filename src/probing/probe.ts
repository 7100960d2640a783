import type { PortKey } from '../compiler/graph/graph';
import { measurements, objectiveNumbers } from '../compiler/metrics';
import { OUTPUT, type EvaluationProgram } from '../compiler/programs/compiled';
import { defined } from '../core/invariant';
import type { Executable, HostArrays } from '../engine/engine';
import { fittingState } from '../engine/fittingState';
import { energyReport } from './energyReport';
import { overallVerdict, type Finding } from './overallVerdict';
import type { EnergyReport, PlacedRepresentation, ProbeReport } from './report';
import { representationReport } from './representationReport';

/** Weights and statistics at the start of step `step`; optimizer state is passed over. */
export interface ModelState {
  readonly step: number;
  readonly state: HostArrays;
}

/**
 * Evaluates the model on held-out rows and judges it. Every probe draws the same random numbers, so what changes
 * from one report to the next is the model.
 */
export async function probe(
  { program, metrics, representations, energies }: EvaluationProgram,
  executable: Executable,
  model: ModelState,
): Promise<ProbeReport> {
  executable.writeState(fittingState(program, model.state), 0);
  await executable.run(1);
  const { loss, terms } = objectiveNumbers(measurements(metrics, await executable.drainMetrics()));
  const outputs = await executable.readOutputs();
  const output = (name: string) => defined(outputs.get(name), `output ${name}`);

  const reps: Record<PortKey, PlacedRepresentation> = {};
  for (const port of representations) {
    reps[port.key] = {
      nodeId: port.nodeId,
      port: port.port,
      ...representationReport(port, output(OUTPUT.representation(port.key))),
    };
  }
  const energyReports: Record<string, EnergyReport> = {};
  for (const energy of energies) {
    const { nodeId, contrast, hasLatent } = energy;
    energyReports[nodeId] = energyReport(
      energy,
      {
        data: output(OUTPUT.energy(nodeId)),
        shuffled: contrast ? output(OUTPUT.shuffledEnergy(nodeId)) : null,
        mismatched: contrast === 'off-data' ? output(OUTPUT.mismatchedEnergy(nodeId)) : null,
        latentShuffled: hasLatent ? output(OUTPUT.latentShuffledEnergy(nodeId)) : null,
      },
      {
        trained: model.step > 0,
        representations: energy.representations.map((key) => defined(reps[key], key).verdict),
      },
    );
  }

  const findings: Finding[] = [...Object.values(reps), ...Object.values(energyReports)];
  if (!Number.isFinite(loss)) {
    const reason = 'on held-out rows it is not a finite number.';
    findings.unshift({ label: 'Loss', verdict: 'diverged', reason });
  }
  return {
    step: model.step,
    reps,
    energies: energyReports,
    ...overallVerdict(findings),
    loss,
    terms,
  };
}
