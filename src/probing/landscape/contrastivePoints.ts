import type { Analysis } from '../../compiler/analysis/analysis';
import {
  compileNegatives,
  NEGATIVES,
  type NegativesProgram,
} from '../../compiler/programs/compileNegatives';
import type { LandscapeView } from '../../compiler/programs/landscape/landscapePlane';
import { loadData } from '../../compiler/programs/loadData';
import { defined } from '../../core/invariant';
import { success, type Result } from '../../core/result';
import type { Executable, HostArrays } from '../../engine/engine';
import { fittingState } from '../../engine/fittingState';
import { initialState } from '../../engine/initialState';
import type { LandscapeModel, LandscaperOptions } from './landscapeModel';

/** Of all samplers together. */
const MOST_POINTS = 500;

export interface DrawnContrast {
  /** `n × 2`: where chains are. */
  readonly chains: Float32Array;
  /** `n × 2`: what else the current batch is contrasted with. */
  readonly negatives: Float32Array;
}

/** Points of samplers that lie on the plane of a view: those that chains keep, and the ŷ of the batch that a step would take. */
export class ContrastivePoints {
  private constructor(
    private readonly view: LandscapeView,
    /** Null where all samplers keep chains. */
    private readonly drawn: {
      readonly compiled: NegativesProgram;
      readonly run: Executable;
    } | null,
  ) {}

  /** Fails with the errors of the analysis, or when data cannot be loaded. */
  static async create(
    analysis: Analysis,
    view: LandscapeView,
    { engine, asset, cache }: LandscaperOptions,
  ): Promise<Result<ContrastivePoints>> {
    if (view.samplers.length === 0) return success(new ContrastivePoints(view, null));
    const compiled = compileNegatives(analysis, view.samplers, view.given);
    if (!compiled.ok) return compiled;
    const { seed } = analysis.training;
    const source = cache ? { seed, asset, cache } : { seed, asset };
    const loaded = await loadData(compiled.value.data, source);
    if (!loaded.ok) return loaded;
    const run = await engine.compile(compiled.value.program, loaded.value.arrays);
    return success(new ContrastivePoints(view, { compiled: compiled.value, run }));
  }

  async at({ snapshot, live }: LandscapeModel): Promise<DrawnContrast> {
    const { view, drawn } = this;
    // Chains have no place before there is a training.
    const chains = evenly(
      view.chains.map((name) => [...(snapshot?.state.get(name) ?? new Float32Array())]),
    );
    if (drawn === null) return { chains, negatives: new Float32Array() };
    const { program } = drawn.compiled;
    const initial = program.state.map((spec) => [spec.name, initialState(spec)] as const);
    const trained = snapshot ? fittingState(program, snapshot.state) : [];
    drawn.run.writeState(new Map([...initial, ...trained]), snapshot?.step ?? 0);
    drawn.run.setLive(live);
    await drawn.run.run(1);
    const outputs = await drawn.run.readOutputs();
    return { chains, negatives: evenly(view.samplers.map((id) => this.onPlane(id, outputs))) };
  }

  dispose(): void {
    this.drawn?.run.dispose();
  }

  /** ŷ itself, or on a surface beside the x of its row. */
  private onPlane(sampler: string, outputs: HostArrays): number[] {
    const points = [...defined(outputs.get(NEGATIVES.points(sampler)), `points of ${sampler}`)];
    const [x, y] = this.view.given;
    if (x === undefined || y === undefined) return points;
    const across = defined(outputs.get(NEGATIVES.beside(x)), 'values beside them');
    return points.flatMap((up, row) => [across[row] ?? NaN, up]);
  }
}

/** An even choice of each sampler's points. */
function evenly(all: readonly (readonly number[])[]): Float32Array {
  const most = Math.floor(MOST_POINTS / Math.max(1, all.length));
  return Float32Array.from(
    all.flatMap((points) => {
      const count = points.length / 2;
      const shown = Math.min(count, most);
      return Array.from({ length: shown }, (_, index) => {
        const row = Math.floor((index * count) / shown);
        return [points[2 * row] ?? NaN, points[2 * row + 1] ?? NaN];
      }).flat();
    }),
  );
}
