import type { Analysis } from '../../compiler/analysis/analysis';
import {
  compileObjectiveAt,
  OBJECTIVE_AT,
  type ObjectiveProgram,
} from '../../compiler/programs/compileObjectiveAt';
import { loadData } from '../../compiler/programs/loadData';
import { defined } from '../../core/invariant';
import { success, type Result } from '../../core/result';
import type { Executable, HostArray, HostArrays } from '../../engine/engine';
import { fittingState } from '../../engine/fittingState';
import { initialState } from '../../engine/initialState';
import { coarseFirst, filledIn } from './coarseFirst';
import { filterDirection, type WeightDirection } from './filterDirections';
import { gridPoints } from './gridPoints';
import type {
  LandscapeFrame,
  LandscapeRange,
  LandscapeSettings,
  PlanePoint,
} from './landscapeFrame';
import type { Landscaper } from './landscaper';
import type { LandscapeModel, LandscaperOptions } from './landscapeModel';
import { NO_POINTS } from './planeLayer';

/** An odd number of cells, so that the present weights are in the middle of one. */
const GRID = coarseFirst(25, 8);
/** How long a frame may take once the coarsest grid is there: others ask the worker too. */
const BUDGET_MS = 150;
const USUAL_RANGE: LandscapeRange = { x: [-1, 1], y: [-1, 1] };

type Split = LandscapeSettings['slice']['split'];

interface Tool {
  readonly compiled: ObjectiveProgram;
  readonly executable: Executable;
}

/** Values over a grid around some weights, as far as they have been computed. */
interface Survey {
  readonly split: Split;
  readonly draw: number;
  readonly range: LandscapeRange;
  readonly live: string;
  readonly state: HostArrays;
  readonly directions: readonly [WeightDirection, WeightDirection];
  readonly points: readonly PlanePoint[];
  /** By the name of an output. */
  readonly values: ReadonlyMap<string, Float64Array>;
  done: number;
}

/**
 * The objective over two filter-normalised directions around the present weights, which is where a = b = 0. Coarse first: a frame
 * has what could be computed in a moment, and the next one goes on from there.
 */
export class WeightLandscape implements Landscaper {
  private readonly tools = new Map<Split, Tool>();
  private survey: Survey | null = null;

  private constructor(
    private readonly analysis: Analysis,
    private readonly options: LandscaperOptions,
  ) {}

  /** Fails when data cannot be loaded. */
  static async create(analysis: Analysis, options: LandscaperOptions): Promise<Result<Landscaper>> {
    const landscape = new WeightLandscape(analysis, options);
    const first = await landscape.load('heldOut');
    return first.ok ? success(landscape) : first;
  }

  async frame(model: LandscapeModel, settings: LandscapeSettings): Promise<LandscapeFrame> {
    const { slice } = settings;
    const loaded = await this.load(slice.split);
    if (!loaded.ok) throw new Error(loaded.diagnostics[0]?.message);
    const { compiled, executable } = loaded.value;
    const survey = this.surveyOf(compiled, model, settings);
    executable.writeState(survey.state, 0);
    executable.setLive(model.live);
    const until = performance.now() + BUDGET_MS;
    const [coarsest] = GRID.grids;
    const least = coarsest?.count ?? GRID.order.length;
    while (survey.done < least || (survey.done < GRID.order.length && performance.now() < until)) {
      await this.evaluate(executable, survey);
    }
    const name = slice.term === null ? OBJECTIVE_AT.loss : OBJECTIVE_AT.term(slice.term);
    // A term that has gone leaves the whole.
    const values = survey.values.get(name) ?? survey.values.get(OBJECTIVE_AT.loss);
    return {
      viewId: 'weights',
      step: model.snapshot?.step ?? null,
      columns: GRID.side,
      rows: GRID.side,
      range: survey.range,
      axes: [
        { symbol: 'a', label: 'a: θ + a·δ' },
        { symbol: 'b', label: 'b: θ + b·η' },
      ],
      values: filledIn(GRID, defined(values, `values of ${name}`), survey.done),
      ...NO_POINTS,
      ...{ chains: new Float32Array(), negatives: new Float32Array(), sample: null },
      ...{ place: null, inference: null, arrows: null, pictures: null },
      marks: [{ label: 'θ', point: [0, 0] }],
      available: 0,
      missing: GRID.order.length - survey.done,
    };
  }

  /** Weights are trained, not looked for. */
  descend(): Promise<null> {
    return Promise.resolve(null);
  }

  predict(): Promise<null> {
    return Promise.resolve(null);
  }

  dispose(): void {
    for (const { executable } of this.tools.values()) executable.dispose();
  }

  private async load(split: Split): Promise<Result<Tool>> {
    const known = this.tools.get(split);
    if (known) return success(known);
    const { analysis, options } = this;
    const { engine, asset, cache } = options;
    const compiled = compileObjectiveAt(analysis, split);
    if (!compiled.ok) return compiled;
    const { seed } = analysis.training;
    const source = cache ? { seed, asset, cache } : { seed, asset };
    const loaded = await loadData(compiled.value.data, source);
    if (!loaded.ok) return loaded;
    const executable = await engine.compile(compiled.value.program, loaded.value.arrays);
    const tool = { compiled: compiled.value, executable };
    this.tools.set(split, tool);
    return success(tool);
  }

  /** The one that was begun, where it is of the same; a new one otherwise. */
  private surveyOf(
    { program, terms }: ObjectiveProgram,
    { snapshot, live }: LandscapeModel,
    { range: wanted, slice: { split, seed } }: LandscapeSettings,
  ): Survey {
    const { analysis, survey } = this;
    const range = wanted ?? USUAL_RANGE;
    const trained = snapshot ? fittingState(program, snapshot.state) : new Map<string, HostArray>();
    const state = new Map(
      program.state.map((spec) => [spec.name, trained.get(spec.name) ?? initialState(spec)]),
    );
    const known = { split, draw: seed, range, live: JSON.stringify(live) };
    if (survey && isSame(survey, known) && isSameState(survey.state, state)) return survey;
    const direction = (which: number) => filterDirection(analysis, program, state, which, seed);
    const names = [OBJECTIVE_AT.loss, ...terms.map(({ nodeId }) => OBJECTIVE_AT.term(nodeId))];
    const begun: Survey = {
      ...known,
      state,
      directions: [direction(0), direction(1)],
      points: gridPoints(range, GRID.side),
      values: new Map(names.map((name) => [name, new Float64Array(GRID.order.length)])),
      done: 0,
    };
    this.survey = begun;
    return begun;
  }

  /** One more cell. */
  private async evaluate(executable: Executable, survey: Survey): Promise<void> {
    const cell = defined(GRID.order[survey.done], 'a cell');
    const [a, b] = defined(survey.points[cell], 'a point');
    const [across, up] = survey.directions;
    const moved = [...across].map(([name, delta]) => {
      const present = defined(survey.state.get(name), name);
      const eta = defined(up.get(name), name);
      const weights = Float32Array.from(
        delta,
        (value, i) => (present[i] ?? 0) + a * value + b * (eta[i] ?? 0),
      );
      return [name, weights] as const;
    });
    // The step is part of random numbers: the same views and latents are drawn at all weights.
    executable.writeState(new Map(moved), 0);
    await executable.run(1);
    const outputs = await executable.readOutputs();
    for (const [name, values] of survey.values) values[cell] = outputs.get(name)?.[0] ?? NaN;
    survey.done++;
  }
}

type Known = Pick<Survey, 'split' | 'draw' | 'range' | 'live'>;

function isSame(a: Known, b: Known): boolean {
  const ends = ({ range: { x, y } }: Known) => [...x, ...y].join();
  return a.split === b.split && a.draw === b.draw && a.live === b.live && ends(a) === ends(b);
}

function isSameState(a: HostArrays, b: HostArrays): boolean {
  return [...a].every(([name, own]) => {
    const other = b.get(name);
    return other?.length === own.length && own.every((value, i) => Object.is(value, other[i]));
  });
}
