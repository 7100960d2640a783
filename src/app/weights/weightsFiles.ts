import { analyse } from '../../compiler/analysis/analyse';
import type { Analysis } from '../../compiler/analysis/analysis';
import { ownClocks } from '../../compiler/optimizer/optimize';
import { compileTraining } from '../../compiler/programs/compileTraining';
import { stillTrains } from '../../compiler/programs/sameTrainingProgram';
import { hasErrors } from '../../core/diagnostic';
import { failure, success, type Result } from '../../core/result';
import { sha256 } from '../../core/sha256';
import { canonicalJson } from '../../document/canonical';
import type { BasinDocument } from '../../document/schema';
import type { HostArrays } from '../../engine/engine';
import type { Registry } from '../../graph/registry';
import { originWarnings } from '../../interop/originWarnings';
import {
  fitWeights,
  openWeights,
  startOf,
  writeWeights,
  type WeightsFile,
} from '../../interop/weightsFile';
import type { StateSpec } from '../../ir/types';
import type { Snapshot } from '../../training/sessionState';
import type { FittedWeights } from './fittedWeights';

/** A weights file of a state: all of it that the program has, so that a run goes on from it exactly. */
export async function weightsFileOf(
  document: BasinDocument,
  analysis: Analysis,
  { step, state }: Snapshot,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const specs = specsOf(analysis, state);
  if (!specs.ok) return specs;
  const kept = specs.value.filter(({ name }) => state.has(name));
  const documentHash = await sha256(new TextEncoder().encode(canonicalJson(document, 'compact')));
  return success(writeWeights(kept, state, { step, document, documentHash }));
}

export { openWeights };

/** How the weights of a file fit a graph, and where a run would begin with what fits of them. */
export function fitted(
  file: WeightsFile,
  document: BasinDocument,
  analysis: Analysis,
  registry: Registry,
): Result<FittedWeights> {
  const arrays = new Map([...file.tensors].map(([name, { values }]) => [name, values]));
  const specs = specsOf(analysis, arrays);
  if (!specs.ok) return specs;
  const read = fitWeights(file, specs.value, { partial: true });
  if (!read.ok) return read;
  const { misfits, isWhole, origin } = read.value;
  const start = startOf(read.value);
  const before = origin.document && analyse(origin.document, registry);
  const goesOn = isWhole && before !== null && stillTrains(before, analysis);
  const warnings = originWarnings(read.value, document).map(({ message }) => message);
  return success({ start, misfits, warnings, trainedFrom: goesOn ? 0 : start.step });
}

/** The arrays of the training program. What a state has of its own, such as the clocks of modules that began later, it has as well. */
function specsOf(analysis: Analysis, state: HostArrays): Result<readonly StateSpec[]> {
  const errors = analysis.diagnostics.filter(({ severity }) => severity === 'error');
  if (hasErrors(errors)) return failure(...errors);
  const training = compileTraining(analysis, ownClocks(state));
  return training.ok ? success(training.value.program.state) : training;
}
