import { formatWhole } from '../core/formatNumber';
import type { Diagnostic } from '../core/diagnostic';
import { unreachable } from '../core/invariant';
import type { StateSpec } from '../ir/types';
import type { BadRow } from './nonFiniteRows';
import type { NonFiniteSource } from './nonFiniteSource';
import type { Keeper } from './prepareTraining';

type LabelOf = (nodeId: string) => string;

const LOWER =
  'The weights are as they were before this step, but were already too large for it. Lower the learning rate or the weight of a term, and reset.';
const AT_THE_START =
  'No step has changed the weights yet: the data, the initial weights or the weight of a term are too large for it.';
const DERIVATIVE =
  'A value there is too large, or at a point without a derivative. Lower the learning rate or the weight of a term, and reset.';
const UPDATE =
  'The update was too large. Lower the learning rate or the weight of a term, and reset.';
const OPTIMIZER =
  'A gradient was too large for what the optimizer makes of it, such as its square. Clip the norm of the gradient or lower the weight of a term, and reset.';
const KEPT: Readonly<Record<Keeper, string>> = {
  inference:
    'Lower the rate at which it is inferred, its steps, or the weight of what pulls on it, and reset.',
  sampler: 'Lower the rate of the sampler or its steps, or keep its points in range, and reset.',
  node: 'It follows what passes through the node, which was too large. Lower the learning rate or the scale of the data, and reset.',
};

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
    hint: hintOf(source, step),
  };
}

/** The diagnostic of a state that a step left behind with a number in it that is not finite. */
export function unsoundStateDiagnostic(
  { purpose, origin }: StateSpec,
  step: number,
  labelOf: LabelOf,
  keeper: Keeper,
): Diagnostic {
  return {
    code: 'run.non-finite',
    severity: 'error',
    message: `By step ${formatWhole(step)} ${stateWords(purpose, origin, labelOf)} had become infinite or not a number, while the loss was still finite.`,
    ...(origin === null ? {} : { nodeId: origin }),
    hint: stateHint(purpose, keeper),
  };
}

function stateOf(value: number): string {
  return Number.isNaN(value) ? 'not a number' : 'infinite';
}

function sourceSentence(source: NonFiniteSource, labelOf: LabelOf): string {
  switch (source.kind) {
    case 'inferred':
      return `What inference found for “${labelOf(source.nodeId)}” was the first value that was not finite: its descent diverged.`;
    case 'sampled':
      return `What “${labelOf(source.nodeId)}” sampled was the first value that was not finite: its steps diverged.`;
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

function hintOf(source: NonFiniteSource | null, step: number): string {
  switch (source?.kind) {
    case 'inferred':
      return KEPT.inference;
    case 'sampled':
      return KEPT.sampler;
    case 'state':
      return stateHint(source.purpose, source.keeper);
    case 'inputDerivative':
    case 'outputDerivative':
    case 'weightDerivative':
      return DERIVATIVE;
    case 'output':
    case 'gradientNorm':
    case undefined:
      return step === 0 ? AT_THE_START : LOWER;
  }
}

function stateHint(purpose: StateSpec['purpose'], keeper: Keeper): string {
  switch (purpose) {
    case 'weight':
      return UPDATE;
    case 'optimizer':
      return OPTIMIZER;
    case 'model':
    case 'probe':
      return KEPT[keeper];
  }
}
