import type { Analysis } from '../../compiler/analysis/analysis';
import { portKey, type PortReference } from '../../compiler/graph/graph';
import { latentViews, type LatentView } from '../../compiler/programs/latentViews';
import { defined } from '../../core/invariant';
import { failure, success, type Result } from '../../core/result';
import { codeCount, valueOfCode } from '../../graph/latentCodes';
import { automaticRange } from '../landscape/automaticRange';
import type { LandscapeModel, LandscaperOptions } from '../landscape/landscapeModel';
import type { LandscapeRange } from '../landscape/landscapeFrame';
import { Predictor } from '../landscape/predictor';
import { Readings } from '../readings/readings';
import { columnDeviations, columnMeans, rowMatrix } from '../rowMatrix';
import { MOST_CODES, MOST_TRAVERSED, nearestCode, traversed } from './codes';
import type { LatentFrame, LatentSettings, Traversal } from './latentFrame';

/** Held-out samples whose codes say what is usual. */
const MOST_SAMPLES = 512;

/** What a graph makes of the codes of one view, for as many snapshots as come. One call at a time. */
export class LatentExplorer {
  private constructor(
    private readonly view: LatentView,
    /** Codes and targets of samples. */
    private readonly finder: Readings,
    /** What is made of codes. */
    private readonly maker: Readings | Predictor,
  ) {}

  /** Fails with the errors of the analysis, where there is no such view, or when data cannot be loaded. */
  static async create(
    analysis: Analysis,
    viewId: string,
    options: LandscaperOptions,
  ): Promise<Result<LatentExplorer>> {
    const view = latentViews(analysis).find(({ id }) => id === viewId);
    if (!view) return failure(noView(viewId));
    const { code, target, made } = view;
    const finder = await Readings.create(analysis, [code, target], options);
    if (!finder.ok) return finder;
    if (made === null) {
      const predictor = await Predictor.create(analysis, target, code, options.engine);
      return success(new LatentExplorer(view, finder.value, predictor));
    }
    const maker = await Readings.create(analysis, [made], options, [code]);
    return maker.ok ? success(new LatentExplorer(view, finder.value, maker.value)) : maker;
  }

  /** Whose values codes are compared with. */
  get nodeId(): string {
    return this.view.target.nodeId;
  }

  async frame(model: LandscapeModel, settings: LatentSettings): Promise<LatentFrame> {
    const { view } = this;
    const { domain, size, width } = view;
    const samples = Math.min(this.finder.count, MOST_SAMPLES);
    const sample = Math.max(0, Math.min(settings.sample, samples - 1));
    const read = await this.finder.at(model, [...Array(samples).keys()]);
    const codes = valuesOf(read, view.code);
    const targets = valuesOf(read, view.target);
    const matrix = rowMatrix(samples, size, codes);
    const mean = Float32Array.from(columnMeans(matrix));
    const deviation = Float32Array.from(columnDeviations(matrix));
    const found = codes.slice(sample * size, (sample + 1) * size);
    const count = codeCount(view);
    const code =
      count === null ? found : Float32Array.from(valueOfCode(view, nearestCode(domain, found)));
    const chosen = code.map((value, component) => settings.changes[component] ?? value);

    const traversals = count === null ? this.traversals(mean, deviation) : [];
    const gallery = this.gallery(codes, samples, 1 + traversals.reduce((sum, { values }) => sum + values.length, 0)); // prettier-ignore
    const asked = [
      chosen,
      ...traversals.flatMap(({ component, values }) => values.map((value) => chosen.with(component, value))), // prettier-ignore
      ...Array.from({ length: gallery?.count ?? 0 }, (_, index) =>
        gallery?.kind === 'codes' ? Float32Array.from(valueOfCode(view, index)) : unit(size, index),
      ),
      ...(gallery?.kind === 'atoms' ? [new Float32Array(size)] : []),
    ];
    const range = width === 2 ? automaticRange('observed', targets) : null;
    const all = await this.make(model, asked, sample, range);
    const made = gallery?.kind === 'atoms' ? withoutOffset(all, gallery.first, width) : all;
    return {
      ...{ viewId: view.id, step: model.snapshot?.step ?? null, sample, samples },
      ...{ code, chosen, mean, deviation, made, width, traversals, gallery, range },
      target: targets.slice(sample * width, (sample + 1) * width),
      points: width === 2 ? targets : null,
      nearest: view.picture || width === 2 ? null : nearestRows(made, targets, width),
    };
  }

  dispose(): void {
    this.finder.dispose();
    this.maker.dispose();
  }

  /** Of the numbers that vary most, in their order. */
  private traversals(mean: Float32Array, deviation: Float32Array): Traversal[] {
    const { domain } = this.view;
    const chosen = [...deviation.keys()]
      .sort((a, b) => (deviation[b] ?? 0) - (deviation[a] ?? 0))
      .slice(0, MOST_TRAVERSED)
      .sort((a, b) => a - b);
    let first = 1;
    return chosen.map((component) => {
      const values = traversed(domain, mean[component] ?? 0, deviation[component] ?? 0);
      const traversal = { component, values, first };
      first += values.length;
      return traversal;
    });
  }

  private gallery(codes: Float32Array, samples: number, first: number): LatentFrame['gallery'] {
    const { domain, size, hasAtoms } = this.view;
    const all = codeCount(this.view);
    if (all === null && !hasAtoms) return null;
    const count = Math.min(all ?? size, MOST_CODES);
    const use = new Float32Array(count);
    for (let row = 0; row < samples; row++) {
      const value = codes.subarray(row * size, (row + 1) * size);
      if (all === null)
        value.subarray(0, count).forEach((number, i) => (use[i] = (use[i] ?? 0) + Math.abs(number) / samples)); // prettier-ignore
      else if (nearestCode(domain, value) < count) {
        const taken = nearestCode(domain, value);
        use[taken] = (use[taken] ?? 0) + 1 / samples;
      }
    }
    return { kind: all === null ? 'atoms' : 'codes', first, count, use };
  }

  /** `n × width`: NaN where an energy knows of no y. */
  private async make(
    model: LandscapeModel,
    codes: readonly Float32Array[],
    sample: number,
    range: LandscapeRange | null,
  ): Promise<Float32Array> {
    const { view, maker } = this;
    if (maker instanceof Readings) {
      const given = Float32Array.from(codes.flatMap((code) => [...code]));
      const key = portKey(view.code.nodeId, view.code.port);
      const read = await maker.at(model, codes.map(() => sample), new Map([[key, given]])); // prettier-ignore
      return valuesOf(read, defined(view.made ?? undefined, 'what is made'));
    }
    maker.field.setModel(model.snapshot?.state ?? null);
    maker.field.setLive(model.live);
    maker.field.hold(new Map());
    const made: number[] = [];
    for (const code of codes) {
      const y = range && (await maker.at([...code], range));
      made.push(...(y ?? [NaN, NaN]));
    }
    return Float32Array.from(made);
  }
}

function valuesOf(
  read: ReadonlyMap<string, Float32Array>,
  { nodeId, port }: PortReference,
): Float32Array {
  return defined(read.get(portKey(nodeId, port)), `values of ${nodeId}.${port}`);
}

/** Atoms less what is made of nothing, which comes last and is left out. */
function withoutOffset(made: Float32Array, first: number, width: number): Float32Array {
  const offset = made.subarray(made.length - width);
  return made
    .subarray(0, made.length - width)
    .map((value, at) => (at < first * width ? value : value - (offset[at % width] ?? 0)));
}

/** All zeros but for a one. */
function unit(size: number, index: number): Float32Array {
  return new Float32Array(size).fill(1, index, index + 1);
}

/** For each row, the row of the others that is nearest. */
function nearestRows(rows: Float32Array, others: Float32Array, width: number): Int32Array {
  return Int32Array.from({ length: rows.length / width }, (_, row) => {
    let best = 0;
    let least = Infinity;
    for (let other = 0; other < others.length / width; other++) {
      let sum = 0;
      for (let i = 0; i < width; i++) {
        sum += ((rows[row * width + i] ?? 0) - (others[other * width + i] ?? 0)) ** 2;
      }
      if (sum < least) [best, least] = [other, sum];
    }
    return best;
  });
}

function noView(viewId: string) {
  return {
    code: 'sample.no-port',
    severity: 'warning',
    message: `The graph makes nothing of “${viewId}”.`,
  } as const;
}
