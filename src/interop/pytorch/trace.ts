import { Builder } from '../../ir/builder';
import type { Phase, RepeatPhase, Value } from '../../ir/types';
import type { Remark } from '../../ir/valueNumbering';
import type { LoweredNode } from '../../compiler/lowering/programContext';

/** A builder that keeps what is said of values, and which node they were made in. */
export class RecordingBuilder extends Builder {
  readonly remarks = new Map<number, Remark>();
  readonly lowered: LoweredNode[] = [];

  override remark(value: Value, what: Remark): Value {
    if (!this.remarks.has(value.id)) this.remarks.set(value.id, what);
    return value;
  }
}

/** One evaluation of a graph as values, before anything is differentiated or simplified. */
export interface Trace {
  /** B: the rows that it was made for. */
  readonly batch: number;
  readonly phases: readonly Phase[];
  readonly remarks: ReadonlyMap<number, Remark>;
  readonly lowered: readonly LoweredNode[];
  /** What is asked for, by name. */
  readonly roots: ReadonlyMap<string, Value>;
}

/** Where values stand: the loop that they are in, or null. */
export class Scopes {
  private readonly loops = new Map<number, RepeatPhase>();
  private readonly results = new Map<number, RepeatPhase>();
  private readonly positions = new Map<number, number>();
  private readonly values = new Map<number, Value>();

  constructor(phases: readonly Phase[]) {
    phases.forEach((phase, position) => {
      for (const value of phase.values) {
        if (phase.kind === 'repeat') this.loops.set(value.id, phase);
        this.positions.set(value.id, position);
        this.values.set(value.id, value);
      }
      if (phase.kind !== 'repeat') return;
      for (const { result } of phase.carried) {
        this.results.set(result.id, phase);
        this.positions.set(result.id, position);
      }
    });
  }

  loopOf(value: Value): RepeatPhase | null {
    return this.loops.get(value.id) ?? null;
  }

  /** A value by its id, where it stands in the loop. */
  find(id: number, loop: RepeatPhase | null): Value | null {
    const value = this.values.get(id);
    return value && this.loopOf(value) === loop ? value : null;
  }

  /** The loop that a value is the result of. */
  madeBy(value: Value): RepeatPhase | null {
    return this.results.get(value.id) ?? null;
  }

  /** The order in which values can be computed. */
  compare = (a: Value, b: Value): number =>
    (this.positions.get(a.id) ?? 0) - (this.positions.get(b.id) ?? 0) || a.id - b.id;
}
