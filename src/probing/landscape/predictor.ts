import type { Analysis } from '../../compiler/analysis/analysis';
import { portKey, type PortReference } from '../../compiler/graph/graph';
import { predictionOf } from '../../compiler/programs/chosenLatents';
import { compileEnergyAt } from '../../compiler/programs/compileEnergyAt';
import { energiesAt } from '../../compiler/programs/energyParts';
import { invariant } from '../../core/invariant';
import type { Engine } from '../../engine/engine';
import { EnergyField } from '../energyField';
import { descend } from './descend';
import type { LandscapeRange, PlanePoint } from './landscapeFrame';

/** Points along each axis that a search for the least energy may start from. */
const STARTS = 8;

/**
 * Which y goes with a chosen z: what the graph makes of z to compare y with, and where it makes nothing, argmin_y E(x, y, z) over
 * the energies that depend on z, by descent from the best of a few points of the picture.
 */
export class Predictor {
  private constructor(
    /** E(x, y, z) and its slope by y, of as many points as a search looks at. */
    readonly field: EnergyField,
    private readonly y: PortReference,
    private readonly z: PortReference,
    private readonly made: PortReference | null,
  ) {}

  /** Engine failures throw. */
  static async create(
    analysis: Analysis,
    y: PortReference,
    z: PortReference,
    engine: Engine,
  ): Promise<Predictor> {
    const made = predictionOf(analysis, y, z);
    const compiled = compileEnergyAt(analysis, {
      given: [y, z],
      among: energiesAt(analysis.graph, [z]),
      rows: made === null ? STARTS ** 2 : 1,
      ...(made === null ? { slopes: [y] } : { read: [made] }),
    });
    invariant(compiled.ok, 'the graph of a landscape compiles');
    return new Predictor(await EnergyField.create(compiled.value, engine), y, z, made);
  }

  /** `value`: all numbers of z. `field` has been prepared. Null where no finite y is found. */
  async at(value: readonly number[], range: LandscapeRange): Promise<PlanePoint | null> {
    const { made } = this;
    if (made !== null) {
      const [a = NaN, b = NaN] = (await this.energyAt([[0, 0]], value)).value(made);
      return Number.isFinite(a) && Number.isFinite(b) ? [a, b] : null;
    }
    const start = await this.bestStart(value, range);
    if (start === null) return null;
    const span = Math.max(range.x[1] - range.x[0], range.y[1] - range.y[0]);
    const { path } = await descend(
      async (point) => {
        const [a = NaN, b = NaN] = point;
        const { energy, slope } = await this.energyAt([[a, b]], value);
        return { energy: energy[0] ?? NaN, slope: [...slope(this.y)] };
      },
      start,
      { span },
    );
    const [a = NaN, b = NaN] = path.at(-1) ?? [];
    return [a, b];
  }

  dispose(): void {
    this.field.dispose();
  }

  private async bestStart(
    value: readonly number[],
    { x, y }: LandscapeRange,
  ): Promise<PlanePoint | null> {
    const part = ([low, high]: readonly [number, number], index: number): number =>
      low + ((index + 0.5) / STARTS) * (high - low);
    const starts = Array.from({ length: STARTS ** 2 }, (_, index): PlanePoint => [
      part(x, index % STARTS),
      part(y, Math.floor(index / STARTS)),
    ]);
    const { energy } = await this.energyAt(starts, value);
    let best: PlanePoint | null = null;
    let least = Infinity;
    starts.forEach((start, index) => {
      const here = energy[index] ?? NaN;
      if (here < least) [best, least] = [start, here];
    });
    return best;
  }

  private energyAt(points: readonly PlanePoint[], value: readonly number[]) {
    return this.field.at(
      new Map([
        [portKey(this.y.nodeId, this.y.port), points.flat()],
        [portKey(this.z.nodeId, this.z.port), points.flatMap(() => value)],
      ]),
    );
  }
}
