import type { Diagnostic } from '../core/diagnostic';
import { sameJson } from '../document/canonical';
import type { BasinDocument } from '../document/schema';
import type { ReadWeights } from './weightsFile';

/** What is to be known before a run goes on with weights of a file: it will not be the run that they come from. */
export function originWarnings(
  { origin, misfits, isWhole }: ReadWeights,
  document: BasinDocument,
): Diagnostic[] {
  const { seed, document: before } = origin;
  const { training } = document;
  const isPart = misfits.some(({ kind }) => kind !== 'extra');
  const sentences = [
    seed !== null && seed !== training.seed
      ? `The weights were trained with seed ${seed}, and this run has seed ${training.seed}: other batches and other noise.`
      : null,
    before !== null && !sameJson(before.training.optimizer, training.optimizer)
      ? `The weights were trained with ${optimizerText(before)}, and this run has ${optimizerText(document)}.`
      : null,
    !isWhole && !isPart
      ? 'The file lacks something that the optimizer or a probe keeps: that starts anew.'
      : null,
  ];
  return sentences.flatMap((message) =>
    message === null ? [] : [{ code: 'weights.file-mismatch', severity: 'warning', message }],
  );
}

/** Such as `adamw (weightDecay 0.01)`. */
function optimizerText({ training }: BasinDocument): string {
  const { kind, ...settings } = training.optimizer;
  const listed = Object.entries(settings).map(([name, value]) => `${name} ${String(value)}`);
  return listed.length === 0 ? kind : `${kind} (${listed.join(', ')})`;
}
