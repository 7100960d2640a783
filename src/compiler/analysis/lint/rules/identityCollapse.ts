import type { Remedy } from '../../../../core/remedy';
import { nodeName } from '../../../graph/elaborate';
import { copying, observedTarget, waysIntoPrediction, type Copying } from '../copying';
import { wakeTerm } from '../dormantTerms';
import { namesOf } from '../guardRemedies';
import type { ComparedEnergy, LintRule } from '../lintRule';
import { offered } from '../offered';

/** A prediction made from its own target through a code as wide, with nothing between (Dawid & LeCun 2023, §4). */
export const identityCollapse: LintRule = {
  on: 'energy',
  find: (energy) => {
    const copies = freeCopy(energy);
    if (!copies) return null;
    const remedy = wakeTerm(energy, (other) => freeCopy(other) !== null) ?? corruptInput(energy);
    return {
      code: 'lint.identity-collapse',
      severity: 'warning',
      nodeId: energy.node.id,
      message: `${nodeName(energy.node)} can be made zero by copying: its prediction is made from its own target of ${copies.size} numbers, all of which can pass, with no regularizer, noise or mask between (notes §4).`,
      hint: 'Narrow the code, regularize it, or corrupt the input.',
      ...offered(remedy),
    };
  },
};

/** Where all numbers of the target can get into its prediction. */
function freeCopy(energy: ComparedEnergy): Copying | null {
  const observed = observedTarget(energy);
  const copies = observed && copying(observed, energy.context);
  return copies && copies.free >= copies.size ? copies : null;
}

/** Noise on every way from the target into its prediction. */
function corruptInput(energy: ComparedEnergy): Remedy | null {
  const observed = observedTarget(energy);
  const ways = observed ? waysIntoPrediction(observed, energy.context) : [];
  if (ways.length === 0) return null;
  const readers = ways.flatMap(({ readers: before }) => before);
  return {
    label: `Add noise before ${namesOf(energy.context.graph, readers)}`,
    steps: ways.map(({ value, readers: before }) => ({
      kind: 'insert',
      nodeKind: 'view.noise',
      input: 'in',
      output: 'out',
      after: value,
      before,
    })),
  };
}
