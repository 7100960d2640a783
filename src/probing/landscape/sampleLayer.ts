import type { Analysis } from '../../compiler/analysis/analysis';
import { portKey } from '../../compiler/graph/graph';
import type { LandscapeView } from '../../compiler/programs/landscape/landscapePlane';
import { defined } from '../../core/invariant';
import { success, type Result } from '../../core/result';
import { Readings } from '../readings/readings';
import type {
  AxisName,
  LandscapeRange,
  LandscapeSettings,
  PlaneMark,
  PlanePoint,
  SliceSettings,
} from './landscapeFrame';
import type { LandscapeModel, LandscaperOptions } from './landscapeModel';
import { nearestPoint, orthogonal, type Plane } from './plane';
import { NO_POINTS, type LaidPlane, type PlaneLayer } from './planeLayer';
import { randomOrthogonal, randomPair } from './randomDirections';

/** Beside the points that a plane goes through, in its own units. */
const MARGIN = { across: 0.5, up: 0.5 } as const;

/**
 * A plane of y through two held-out samples. Its other direction is orthogonal to their difference and as long: what is so of the
 * difference to a third sample, or a random one. x is that of the first sample everywhere.
 */
export class SampleLayer implements PlaneLayer {
  readonly side = 32;
  readonly finder = null;

  private constructor(
    private readonly view: LandscapeView,
    private readonly seed: number,
    private readonly readings: Readings,
  ) {}

  static async create(
    analysis: Analysis,
    view: LandscapeView,
    options: LandscaperOptions,
  ): Promise<Result<PlaneLayer>> {
    const readings = await Readings.create(analysis, view.given, options);
    if (!readings.ok) return readings;
    return success(new SampleLayer(view, analysis.training.seed, readings.value));
  }

  async lay(model: LandscapeModel, { slice }: LandscapeSettings): Promise<LaidPlane> {
    const { view, readings } = this;
    const { first, second, third } = chosenRows(slice, readings.count);
    const chosen = third === null ? [first, second] : [first, second, third];
    const read = await readings.at(model, chosen);
    const values = new Map(
      view.given.map((port) => {
        const key = portKey(port.nodeId, port.port);
        const all = Float64Array.from(defined(read.get(key), `values of ${key}`));
        const size = all.length / chosen.length;
        return [key, chosen.map((_, row) => all.slice(row * size, (row + 1) * size))] as const;
      }),
    );
    const moving = view.moving.map(({ nodeId, port }) => portKey(nodeId, port));
    const rowOf = (row: number): Float64Array =>
      Float64Array.from(moving.flatMap((key) => [...(values.get(key)?.[row] ?? [])]));
    const { across, up, isRandom } = this.directions(
      [rowOf(0), rowOf(1), third === null ? null : rowOf(2)],
      slice,
    );
    let start = 0;
    const plane: Plane = [...values].map(([key, [origin = new Float64Array()]]) => {
      const { length } = origin;
      if (!moving.includes(key)) {
        return { key, origin, across: new Float64Array(length), up: new Float64Array(length) };
      }
      const end = start + length;
      const part = { across: across.slice(start, end), up: up.slice(start, end) };
      start = end;
      return { key, origin, ...part };
    });
    const marks = chosen.map((sample, row): PlaneMark => ({
      label: String(sample + 1),
      point: nearestPoint(plane, new Map(moving.map((key) => [key, values.get(key)?.[row] ?? []]))),
    }));
    return {
      plane,
      axes: axesOf({ first, second, third }, isRandom),
      range: around(marks.map(({ point }) => point)),
      row: first,
      ...NO_POINTS,
      ...{ sample: null, place: null, marks, available: readings.count },
    };
  }

  dispose(): void {
    this.readings.dispose();
  }

  private directions(
    [from, to, other]: readonly [Float64Array, Float64Array, Float64Array | null],
    { seed: draw }: SliceSettings,
  ): { readonly across: Float64Array; readonly up: Float64Array; readonly isRandom: IsRandom } {
    const { seed, view } = this;
    const across = minus(to, from);
    if (across.every((value) => value === 0)) {
      const [a, b] = randomPair(across.length, 1, seed, view.id, draw);
      return { across: a, up: b, isRandom: { across: true, up: true } };
    }
    const up = other && orthogonal(minus(other, from), across);
    return {
      across,
      up: up ?? randomOrthogonal(across, seed, view.id, draw),
      isRandom: { across: false, up: up === null },
    };
  }
}

interface IsRandom {
  readonly across: boolean;
  readonly up: boolean;
}

interface Rows {
  readonly first: number;
  readonly second: number;
  readonly third: number | null;
}

/** Different rows that there are. */
function chosenRows({ first, second, third }: SliceSettings, count: number): Rows {
  const within = (row: number): number => Math.max(0, Math.min(row, count - 1));
  const a = within(first);
  const b = within(second) === a ? (a + 1) % count : within(second);
  const c = third === null ? null : within(third);
  return { first: a, second: b, third: c === a || c === b ? null : c };
}

function axesOf({ first, second, third }: Rows, isRandom: IsRandom): [AxisName, AxisName] {
  const numbers = [first, second, third ?? 0].map((row) => row + 1);
  return [
    {
      symbol: 'a',
      label: isRandom.across
        ? 'a: at random, as both samples are the same here'
        : `a: sample ${numbers[0]} → ${numbers[1]}`,
    },
    {
      symbol: 'b',
      label: isRandom.up ? 'b: orthogonal, at random' : `b: orthogonal, towards ${numbers[2]}`,
    },
  ];
}

/** The points that the plane goes through with room around them, and at least a unit of each axis. */
function around(points: readonly PlanePoint[]): LandscapeRange {
  const reach = (component: 0 | 1, least: number, most: number, margin: number) => {
    const own = points.map((point) => point[component]).filter(Number.isFinite);
    return [Math.min(least, ...own) - margin, Math.max(most, ...own) + margin] as const;
  };
  return { x: reach(0, 0, 1, MARGIN.across), y: reach(1, -0.25, 0.75, MARGIN.up) };
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - (b[i] ?? 0));
}
