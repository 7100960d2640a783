import { formatWhole } from '../core/formatNumber';
import type { Diagnostic } from '../core/diagnostic';
import { unreachable } from '../core/invariant';
import type { StateSpec } from '../ir/types';
import type { BadRow } from './nonFiniteRows';
import type { NonFiniteSource } from './nonFiniteSource';

type LabelOf = (nodeId: string) => string;

const LOWER =
  'The weights are as they were before this step, but were already too large for it. Lower the learning rate or the weight of a term, and reset.';
const UNSOUND = 'Lower the learning rate or the weight of a term, and reset.';
const INFERENCE =
  'Lower the rate at which it is inferred, or the weight of what pulls on it, and reset.';

/** The diagnostic of a bad step, in the user's words. `step` is the bad step's number. */
export function nonFiniteDiagnostic(
  { metric, value, term, source }: BadRow & { readonly source: NonFiniteSource | null },
  step: number,
  labelOf: LabelOf,
): Diagnostic {
  const what = metric === 'gradNorm' ? 'gradient' : 'loss';
  const parts = [`At step ${formatWhole(step)} the ${what} became ${stateOf(value)}.`];
  if (term !== null) parts.push(`The first term to go was “${labelOf(term)}”.`);
  if (source) parts.push(sourceSentence(source, labelOf));
  const nodeId = source?.nodeId ?? term;
  return {
    code: 'run.non-finite',
    severity: 'error',
    message: parts.join(' '),
    ...(nodeId === null ? {} : { nodeId }),
    ...(source && 'port' in source ? { portId: source.port } : {}),
    hint: hintOf(source),
  };
}

/** The diagnostic of a state that a step left behind with a number in it that is not finite. */
export function unsoundStateDiagnostic(
  { purpose, origin }: StateSpec,
  step: number,
  labelOf: LabelOf,
): Diagnostic {
  return {
    code: 'run.non-finite',
    severity: 'error',
    message: `By step ${formatWhole(step)} ${stateWords(purpose, origin, labelOf)} had become infinite or not a number, while the loss was still finite.`,
    ...(origin === null ? {} : { nodeId: origin }),
    hint: UNSOUND,
  };
}

function stateOf(value: number): string {
  return Number.isNaN(value) ? 'not a number' : 'infinite';
}

function sourceSentence(source: NonFiniteSource, labelOf: LabelOf): string {
  switch (source.kind) {
    case 'inferred':
      return `What inference found for “${labelOf(source.nodeId)}” was the first value that was not finite: its descent diverged.`;
    case 'output':
      return `The first value that was not finite is output “${source.port}” of “${labelOf(source.nodeId)}”.`;
    case 'inputDerivative':
      return `All values of the graph were finite; the derivative of “${labelOf(source.nodeId)}” by its input “${source.port}” was the first that was not.`;
    case 'outputDerivative':
      return `All values of the graph were finite; the derivative of the loss by output “${source.port}” of “${labelOf(source.nodeId)}” was the first that was not.`;
    case 'weightDerivative':
      return `All values of the graph were finite; the derivative by the weights of “${labelOf(source.nodeId)}” was the first that was not.`;
    case 'gradientNorm':
      return source.nodeId === null
        ? 'Every derivative was finite, but their norm was too large for a number.'
        : `Every derivative was finite, but their norm was too large for a number; the largest was by the weights of “${labelOf(source.nodeId)}”.`;
    case 'state':
      return `Before it began, ${stateWords(source.purpose, source.nodeId, labelOf)} had become infinite or not a number.`;
    default:
      return unreachable(source);
  }
}

function stateWords(
  purpose: StateSpec['purpose'],
  nodeId: string | null,
  labelOf: LabelOf,
): string {
  const whose =
    nodeId === null ? '' : ` ${purpose === 'optimizer' ? 'for' : 'of'} “${labelOf(nodeId)}”`;
  switch (purpose) {
    case 'weight':
      return `the weights${whose}`;
    case 'model':
    case 'probe':
      return nodeId === null
        ? 'what is kept between steps'
        : `what “${labelOf(nodeId)}” keeps between steps`;
    case 'optimizer':
      return `what the optimizer keeps${whose}`;
    default:
      return unreachable(purpose);
  }
}

function hintOf(source: NonFiniteSource | null): string {
  if (source?.kind === 'inferred') return INFERENCE;
  return source?.kind === 'state' ? UNSOUND : LOWER;
}
