import type { Statistic } from './statistic';

/** What a term of the objective does at one representation, in the training step that would come next. */
export interface MeasuredTerm {
  /** ‖∂(λt)/∂z‖ over the batch. */
  readonly norm: number;
  /** The same of all terms, added up; above 0. */
  readonly total: number;
}

export type TermStatistic = Statistic<MeasuredTerm>;
