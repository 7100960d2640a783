import type { PortKey } from '../../graph/graph';
import type { Analysis } from '../analysis';
import { boundedValues } from './boundedValues';
import { followGradients, type Gradients } from './gradients';

/** What lint is told. */
export interface LintSubject extends Pick<
  Analysis,
  'graph' | 'types' | 'objective' | 'owners' | 'averages' | 'statistics' | 'probes'
> {
  readonly batchSize: number;
}

/** What lint is told, and what its rules ask of it. */
export interface LintContext extends LintSubject, Gradients {
  /** Values through which nothing can pass unhindered. */
  readonly bounded: ReadonlySet<PortKey>;
}

export function lintContext(subject: LintSubject): LintContext {
  const gradients = followGradients(subject);
  return { ...subject, ...gradients, bounded: boundedValues(gradients) };
}
