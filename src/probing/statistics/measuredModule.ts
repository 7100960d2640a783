import type { Statistic } from './statistic';

/** The weights of one module, and the training step that would come next. */
export interface MeasuredModule {
  /** ‖∂L/∂w‖, before clipping. */
  readonly gradientNorm: number;
  /** ‖w‖. */
  readonly weightNorm: number;
  /** ‖w′ − w‖; null where the optimizer's state is not known. */
  readonly updateNorm: number | null;
}

export type ModuleStatistic<Value extends number | null = number> = Statistic<
  MeasuredModule,
  Value
>;
