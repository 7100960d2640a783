import type { OpKind } from '../../src/ir/types';
import { elementwiseCases } from './elementwiseCases';
import { indexingCases } from './indexingCases';
import { ParityDraft, type CaseMaker, type OpCases, type ParityCase } from './parityCase';
import { productCases } from './productCases';
import { sourceCases } from './sourceCases';
import { stateCases } from './stateCases';
import { viewCases } from './viewCases';

/** Every op has cases: a new op without them is a type error. */
const CASES: { readonly [K in OpKind]: OpCases } = {
  ...sourceCases,
  ...elementwiseCases,
  ...viewCases,
  ...productCases,
  ...indexingCases,
};

/**
 * Programs that together use every op in every form that engines tell apart: ranks 0 to 5, odd extents and
 * extents of 1, long reductions, all dtypes, state and metrics over several steps. A function of the seed.
 * They keep clear of knife edges (rounding at whole numbers, near ties), where float32 engines may
 * rightly differ.
 */
export function opCases(seed: number): readonly ParityCase[] {
  const made: ParityCase[] = [];
  for (const [kind, cases] of Object.entries(CASES) as [OpKind, OpCases][]) {
    for (const [name, make] of Object.entries(cases)) {
      made.push(makeCase(`${kind}: ${name}`, kind, make, seed));
    }
  }
  for (const [name, make] of Object.entries(stateCases)) {
    made.push(makeCase(`program: ${name}`, 'input', make, seed));
  }
  return made;
}

function makeCase(name: string, kind: OpKind, make: CaseMaker, seed: number): ParityCase {
  const draft = new ParityDraft(name, [kind], seed);
  return draft.finish(make(draft) ?? {});
}
