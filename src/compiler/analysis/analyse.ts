import { hasErrors } from '../../core/diagnostic';
import type { BasinDocument } from '../../document/schema';
import type { Registry } from '../../graph/registry';
import { elementCount } from '../../ir/types';
import type { Analysis } from './analysis';
import { elaborate } from '../graph/elaborate';
import { inferTypes } from '../graph/inferTypes';
import { lint } from './lint/lint';
import { checkObjective, objectiveFormula, objectiveTerms } from './objective';
import { codeCost } from './codeCost';
import { contrastFaults } from './contrastFaults';
import { missingRows, mixedInference } from './inferenceFaults';
import { setProbesAside } from '../graph/setProbesAside';
import { resolveProbes } from './probes';
import { resolveWeights, type ResolvedWeights } from '../graph/weightLinks';

/**
 * Says everything about a document that does not need lowering: structure, types, weights, objective, lint.
 * Never throws on a schema-valid document.
 */
export function analyse(document: BasinDocument, registry: Registry): Analysis {
  const { graph: whole, diagnostics: structure, broken } = elaborate(document, registry);
  const { types, diagnostics: shapes } = inferTypes(whole, document.training.batchSize);
  const { model: graph, probes: probeNodes } = setProbesAside(whole);
  const { probes, diagnostics: idle } = resolveProbes(graph, probeNodes, types);
  const links = resolveWeights(graph, types, document.training.batchSize);
  const objective = objectiveTerms(graph);
  const faults = [
    ...structure,
    ...shapes,
    ...links.diagnostics,
    ...mixedInference(graph),
    ...missingRows(graph),
    ...codeCost(graph, types, document.training.batchSize),
    ...contrastFaults(graph),
  ];
  // Where parts of the graph are at fault, what they would have trained cannot be judged.
  const objectiveFaults =
    broken.size > 0 || hasErrors(faults) ? [] : checkObjective(graph, objective, trainable(links));
  const findings = lint({
    graph,
    types,
    objective,
    owners: links.owners,
    averages: links.averages,
    statistics: links.statistics,
    probes,
    batchSize: document.training.batchSize,
  });
  const parameterCount = [...links.weights.values()]
    .flat()
    .reduce((total, { shape }) => total + elementCount(shape), 0);
  return {
    graph,
    probes,
    training: document.training,
    types,
    diagnostics: [...faults, ...objectiveFaults, ...idle, ...findings],
    objective,
    formula: objectiveFormula(graph, objective),
    owners: links.owners,
    weights: links.weights,
    averages: links.averages,
    statisticOwners: links.statisticOwners,
    statistics: links.statistics,
    parameterCount,
  };
}

/** Modules whose weights are trained, if a gradient reaches them: an average is not. */
function trainable({ owners, averages }: ResolvedWeights): Set<string> {
  return new Set([...owners].filter(([, owner]) => !averages.has(owner)).map(([id]) => id));
}
