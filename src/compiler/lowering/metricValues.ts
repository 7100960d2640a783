import type { Builder } from '../../ir/builder';
import type { Value } from '../../ir/types';
import { metricName, type Metric } from '../metrics';

/** The metrics of a program being lowered: what each is, and the scalar that computes it. */
export class MetricValues {
  readonly metrics = new Map<string, Metric>();
  readonly values = new Map<string, Value>();

  constructor(private readonly builder: Builder) {}

  /** A metric that comes a second time is added to what it was: two terms of one node. */
  add(metric: Metric, value: Value): void {
    const name = metricName(metric);
    const before = this.values.get(name);
    this.metrics.set(name, metric);
    this.values.set(name, before ? this.builder.add(before, value) : value);
  }
}
