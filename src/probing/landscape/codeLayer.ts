import type { Analysis } from '../../compiler/analysis/analysis';
import { portKey } from '../../compiler/graph/graph';
import type { LandscapeView } from '../../compiler/programs/landscape/landscapePlane';
import { defined } from '../../core/invariant';
import { success, type Result } from '../../core/result';
import { automaticRange } from './automaticRange';
import type { AxisName, LandscapeSettings, SliceSettings } from './landscapeFrame';
import type { LandscapeModel, LandscaperOptions } from './landscapeModel';
import { LatentFinder } from './latentFinder';
import { nearestPoint, type PortPlane } from './plane';
import type { LaidPlane, PlaneLayer } from './planeLayer';
import { randomPair } from './randomDirections';

/**
 * A plane of codes through the one that inference or an encoder gives a sample: of two of its numbers, or along two random
 * orthonormal directions, everything else as it is.
 */
export class CodeLayer implements PlaneLayer {
  readonly side = 32;

  private constructor(
    private readonly view: LandscapeView,
    private readonly seed: number,
    readonly finder: LatentFinder,
  ) {}

  static async create(
    analysis: Analysis,
    view: LandscapeView,
    options: LandscaperOptions,
  ): Promise<Result<PlaneLayer>> {
    const finder = await LatentFinder.create(analysis, view, options);
    if (!finder.ok) return finder;
    return success(new CodeLayer(view, analysis.training.seed, finder.value));
  }

  async lay(model: LandscapeModel, { sample, slice }: LandscapeSettings): Promise<LaidPlane> {
    const { finder } = this;
    const index = Math.max(0, Math.min(sample, finder.count - 1));
    const indices = finder.indicesWith(index);
    const all = await finder.find(model, indices);
    const size = all.length / indices.length;
    const codeOf = (row: number): Float64Array => all.slice(row * size, (row + 1) * size);
    const row = indices.indexOf(index);
    const { axes, ...directions } = this.directions(codeOf(row), slice);
    const port = defined(this.view.given[0], 'latent');
    const plane: PortPlane = { key: portKey(port.nodeId, port.port), ...directions };
    const places = indices.map((_, place) =>
      nearestPoint([plane], new Map([[plane.key, codeOf(place)]])),
    );
    const points = Float32Array.from(places.flat());
    return {
      plane: [plane],
      axes,
      range: automaticRange('latent', points),
      row: index,
      points,
      samples: Int32Array.from(indices),
      dataset: finder.dataset,
      sample: { index, count: finder.count },
      place: places[row] ?? null,
      marks: [],
      available: finder.count,
    };
  }

  dispose(): void {
    this.finder.dispose();
  }

  private directions(
    code: Float64Array,
    { components, seed }: SliceSettings,
  ): Omit<PortPlane, 'key'> & { readonly axes: readonly [AxisName, AxisName] } {
    const { length } = code;
    const name = this.view.given[0]?.port ?? 'z';
    if (components === null) {
      const [across, up] = randomPair(length, 1, this.seed, this.view.id, seed);
      return {
        ...{ origin: code, across, up },
        axes: [
          { symbol: 'a', label: `${name} = ẑ + a·d₁ + …` },
          { symbol: 'b', label: `${name} = ẑ + … + b·d₂` },
        ],
      };
    }
    const first = Math.min(components[0], length - 1);
    const other = Math.min(components[1], length - 1);
    const second = other === first ? (first + 1) % length : other;
    const unit = (component: number) => new Float64Array(length).fill(1, component, component + 1);
    const axis = (component: number): AxisName => {
      const label = `${name}${subscript(component + 1)}`;
      return { symbol: label, label };
    };
    return {
      // The coordinates are the numbers themselves.
      origin: code.with(first, 0).with(second, 0),
      ...{ across: unit(first), up: unit(second) },
      axes: [axis(first), axis(second)],
    };
  }
}

function subscript(value: number): string {
  return String(value).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)] ?? '');
}
