import type { ProbeReport } from '../../src/probing/report';
import type { LabelReport } from '../../src/probing/probeLabels';
import { defined } from '../../src/core/invariant';
import {
  experimentOf,
  labelsOf,
  reportOf,
  templateDocument,
  trainDocument,
  type TrainedTemplate,
} from './trainTemplate';

/** How a run differs from the template as it is. */
export interface Change {
  /** Id of one of the template's experiments, with its steps unless others are given. */
  readonly experiment?: string;
  /** As `--set` of the command line: `NODE.PARAMETER=VALUE`. */
  readonly set?: readonly string[];
  /** Fewer steps than the template's own. */
  readonly steps?: number;
}

/** Runs of one template and its ablations with one seed. Each is trained once, whatever is asked of it. */
export class TemplateRuns {
  private readonly known = new Map<string, Promise<unknown>>();

  constructor(
    readonly slug: string,
    /** In the place of the document's own; null keeps that. */
    readonly seed: number | null = null,
  ) {}

  /** Trained with the template's own settings, but for `change`. */
  trained(change: Change = {}): Promise<TrainedTemplate> {
    return this.once('trained', change, async () => {
      const { experiment, set = [] } = change;
      const { expect } = experiment === undefined ? {} : await experimentOf(this.slug, experiment);
      const document = await templateDocument(this.slug, { experiment, set, seed: this.seed });
      return trainDocument(document, change.steps ?? expect?.steps);
    });
  }

  /** The report of the Collapse tab on held-out data. */
  report(change: Change = {}): Promise<ProbeReport> {
    return this.once('report', change, async () => reportOf(await this.trained(change)));
  }

  /** Probes on the labels of the data. */
  labels(change: Change = {}): Promise<LabelReport> {
    return this.once('labels', change, async () =>
      defined(await labelsOf(await this.trained(change)), `labels of ${this.slug}`),
    );
  }

  private once<T>(what: string, change: Change, make: () => Promise<T>): Promise<T> {
    const key = `${what} ${JSON.stringify([
      change.experiment ?? null,
      change.set ?? [],
      change.steps ?? null,
    ])}`;
    const result = (this.known.get(key) as Promise<T> | undefined) ?? make();
    this.known.set(key, result);
    return result;
  }
}
