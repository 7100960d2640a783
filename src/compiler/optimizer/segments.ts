import { elementCount, type StateSpec, type Value } from '../../ir/types';
import type { Builder } from '../../ir/builder';

/** How an array of weights is trained where that is not like all others. */
export interface Pace {
  /** Factor of the learning rate, an f32 scalar; null for 1. */
  readonly rateFactor?: Value | null;
  /** Whether this step moves it, a boolean scalar; null where each step does. */
  readonly isTrained?: Value | null;
  /** Whose steps count for the optimizer's bias corrections; null: those of the run. All of a clock are moved alike. */
  readonly clock?: string | null;
}

interface Part extends Required<Pace> {
  readonly end: number;
}

/** The vector of all weights, cut where the pace changes. */
export class Segments {
  private readonly parts: readonly Part[];
  private readonly length: number;

  constructor(
    private readonly builder: Builder,
    weights: readonly (Pace & { readonly spec: Pick<StateSpec, 'shape'> })[],
  ) {
    const parts: Part[] = [];
    let end = 0;
    for (const { spec, rateFactor = null, isTrained = null, clock = null } of weights) {
      end += elementCount(spec.shape);
      const last = parts.at(-1);
      const goesOn =
        last?.rateFactor === rateFactor && last.isTrained === isTrained && last.clock === clock;
      if (goesOn) parts.pop();
      parts.push({ rateFactor, isTrained, clock, end });
    }
    this.parts = parts;
    this.length = end;
  }

  /** The clocks that there are, with whether they go on in this step. */
  get clocks(): ReadonlyMap<string | null, Value | null> {
    return new Map(this.parts.map(({ clock, isTrained }) => [clock, isTrained]));
  }

  /**
   * A scalar for each part, as a number for each weight: chosen by the index, so that it costs neither memory nor a binding.
   * A scalar where all parts have the same.
   */
  spread(scalarOf: (pace: Required<Pace>) => Value): Value {
    const { builder, length } = this;
    const scalars = this.parts.map((part) => scalarOf(part));
    return scalars.reduceRight((rest, scalar, index) => {
      if (scalar === rest) return rest;
      const { end } = this.parts[index] ?? { end: length };
      return builder.select(builder.compare('lt', builder.iota([length], 0), end), scalar, rest);
    });
  }

  /** Which weights this step moves, booleans; null where it moves all. */
  get moved(): Value | null {
    const { builder } = this;
    if (this.parts.every(({ isTrained }) => isTrained === null)) return null;
    const one = builder.constant(1);
    const share = this.spread(({ isTrained }) =>
      isTrained ? builder.cast(isTrained, 'f32') : one,
    );
    return builder.compare('gt', share, 0);
  }
}
