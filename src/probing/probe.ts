import type { EvaluationProgram } from '../compiler/programs/compiled';
import type { PortKey } from '../compiler/graph/graph';
import { defined } from '../core/invariant';
import type { Executable, HostArrays } from '../engine/engine';
import type { Baseline } from './baseline';
import type { ComparedPorts } from './comparedPorts';
import { energyReport } from './energyReport';
import { evaluateModel } from './evaluateModel';
import { formatFigure } from '../core/formatNumber';
import { overallVerdict, type Finding } from './overallVerdict';
import { latentReport } from './latentReport';
import type {
  EnergyReport,
  InferenceReport,
  LatentReport,
  PlacedRepresentation,
  ProbeReport,
} from './report';
import { representationReport, viewsReport } from './representationReport';
import { INFERENCE_STATISTICS } from './statistics';
import { measureInference } from './statistics/measuredInference';
import type { MeasuredViews } from './statistics/measuredViews';
import { computeStatistics } from './statistics/statistic';
import { trivialPairs } from './verdicts/energyRules';
import { hasGrown, type Growth } from './verdicts/growth';
import type { Judgement } from './verdicts/rule';

/** Weights and statistics at the start of step `step`; optimizer state is passed over. */
export interface ModelState {
  readonly step: number;
  readonly state: HostArrays;
  /** The step from which this graph was trained: before that the weights were another one's. 0 when not given. */
  readonly trainedFrom?: number;
  /** The weights are from elsewhere, and `step` says nothing of how long they were trained. */
  readonly isStepUnknown?: boolean;
}

/** What a verdict compares with, beside the values themselves. */
export interface ProbeContext {
  readonly baseline: Baseline;
  readonly compared: ComparedPorts;
}

/**
 * Evaluates the model on held-out rows and judges it. Every probe draws the same random numbers, so what changes
 * from one report to the next is the model.
 */
export async function probe(
  evaluation: EvaluationProgram,
  executable: Executable,
  model: ModelState,
  { baseline, compared }: ProbeContext,
): Promise<ProbeReport> {
  const evaluated = await evaluateModel(evaluation, executable, model.state);
  const steps = model.isStepUnknown ? null : model.step - (model.trainedFrom ?? 0);
  /** Of a node: what is frozen at first has not been trained as long as the rest. */
  const stepsOf = (nodeId: string): number | null => {
    const from = evaluation.trainedFrom.get(nodeId) ?? 0;
    return steps === null ? null : Math.max(0, Math.min(steps, model.step - from));
  };
  const reps: Record<PortKey, PlacedRepresentation> = {};
  const views = new Map<readonly PortKey[], MeasuredViews | null>();
  for (const port of evaluation.representations) {
    const { key, nodeId } = port;
    const context = {
      steps: stepsOf(nodeId),
      initialStd: baseline.deviations[key] ?? null,
      comparesDirections: compared.byDirection.has(key),
      isCompared: compared.any.has(key),
    };
    // Ports that are views of each other have one list of them.
    const seen = views.get(port.views) ?? viewsReport(port, evaluated.views(port.views));
    views.set(port.views, seen);
    const judged = representationReport(port, evaluated.representation(key), context, seen);
    reps[key] = { nodeId, port: port.port, ...judged };
  }
  const energies: Record<string, EnergyReport> = {};
  for (const energy of evaluation.energies) {
    const { nodeId } = energy;
    energies[nodeId] = energyReport(energy, evaluated.energy(nodeId), {
      steps: stepsOf(nodeId),
      initial: baseline.energies[nodeId] ?? null,
      representations: energy.representations.map((key) => defined(reps[key], key).verdict),
    });
  }
  const inference: Record<string, InferenceReport> = {};
  for (const { nodeId, label } of evaluation.variables) {
    const measured = measureInference(evaluated.inference(nodeId));
    const statistics = computeStatistics(INFERENCE_STATISTICS, measured);
    inference[nodeId] = { label, ...statistics, fall: measured.fall };
  }
  const latents: Record<string, LatentReport> = {};
  for (const latent of evaluation.latents) {
    const entered = latent.energies.map((nodeId) => defined(energies[nodeId], nodeId));
    latents[latent.nodeId] = latentReport(latent, evaluated.latent(latent), entered);
  }
  const { loss, terms } = evaluated;
  const lost = lossFinding({ now: loss, initial: baseline.loss, steps });
  const findings = [...lost, ...Object.values(reps), ...Object.values(energies)];
  const caveats = evaluation.energies.flatMap(({ nodeId, label, isCompared }) => {
    const caveat = trivialPairs({ initial: baseline.energies[nodeId] ?? null, isCompared });
    return caveat === '' ? [] : [`${label}: ${caveat}`];
  });
  const hasDiverged = findings.some(({ verdict }) => verdict === 'diverged');
  return {
    step: model.step,
    reps: hasDiverged ? withoutGreen(reps) : reps,
    energies: hasDiverged ? withoutGreen(energies) : energies,
    inference,
    latents,
    ...overallVerdict(findings, caveats),
    loss,
    terms,
  };
}

function lossFinding(growth: Growth): Finding[] {
  const found = (reason: string): Finding[] => [{ label: 'Loss', verdict: 'diverged', reason }];
  const { now, initial } = growth;
  if (!Number.isFinite(now)) return found('on held-out rows it is not a finite number.');
  if (!hasGrown(growth)) return [];
  return found(
    `on held-out rows it is ${formatFigure(now)}, and was ${formatFigure(initial ?? NaN)} before training.`,
  );
}

/** Beside a divergence nothing is believed to be well. */
function withoutGreen<Report extends Judgement>(
  reports: Readonly<Record<string, Report>>,
): Record<string, Report> {
  return Object.fromEntries(
    Object.entries(reports).map(([key, report]) => [
      key,
      report.verdict === 'healthy'
        ? {
            ...report,
            verdict: 'no verdict',
            reason: 'Other parts of the model have diverged, so its numbers say nothing.',
          }
        : report,
    ]),
  );
}
