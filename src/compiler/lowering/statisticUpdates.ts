import type { Value } from '../../ir/types';

/** What the running statistics become in a training step. */
export class StatisticUpdates {
  /** By state name. */
  readonly values = new Map<string, Value>();
  private readonly done = new Set<string>();

  /**
   * Nodes that share a statistic update it one after another. A node does so once, however many evaluations a step has:
   * the first that lowers it counts.
   */
  update(nodeId: string, state: string, before: Value, next: (current: Value) => Value): void {
    const mark = JSON.stringify([nodeId, state]);
    if (this.done.has(mark)) return;
    this.done.add(mark);
    this.values.set(state, next(this.values.get(state) ?? before));
  }
}
