import type { EmbeddingRows } from './embedder';
import type { EmbeddingFrame, EmbeddingSettings } from './embeddingFrame';
import { principalAxes, projected } from './principalAxes';
import { aligned, type Cloud } from './procrustes';
import { FEWEST_POINTS, umapLayout, type UmapOptions } from './umapLayout';

/** From places that are those of a moment ago, and from others. */
const EPOCHS = { again: 80, first: 250 } as const;
/** Places that a principal component analysis gives are spread to ± this for UMAP to begin with, as in its authors' own code. */
const START_EXTENT = 10;
const SEED = 1;

type Pause = UmapOptions['pause'];

/** The frame before. */
interface Before extends Cloud {
  /** What it is of, and how it was made. */
  readonly key: string;
  /** Null where its layout was stopped. */
  readonly modelId: number | null;
}

/**
 * Gives the rows of an embedding their places, turned as those of the frame before. UMAP begins with the places of the frame before,
 * or with those of a principal component analysis (Kobak and Linderman 2021), so that what lies far apart does so for a reason.
 */
export class Layouts {
  private before: Before | null = null;

  /** `modelId`: where it is that of the frame before, the rows are too. Null where it was stopped before there was anything to see. */
  async frame(
    rows: EmbeddingRows,
    modelId: number,
    { method, dimensions }: Pick<EmbeddingSettings, 'method' | 'dimensions'>,
    pause: Pause,
  ): Promise<EmbeddingFrame | null> {
    const { port, step, matrix, samples, times, scalars, leftOut } = rows;
    const key = `${port}|${method}|${dimensions}`;
    const steps = 1 + (times?.reduce((last, time) => Math.max(last, time), 0) ?? 0);
    const ids = samples.map((sample, row) => sample * steps + (times?.[row] ?? 0));
    const before = this.before?.key === key ? this.before : null;
    const analysis = principalAxes(matrix, dimensions);
    const linear = projected(matrix, analysis, dimensions);
    const isLinear = method === 'pca' || matrix.rows < FEWEST_POINTS;
    let isWhole = true;
    const watched: Pause = async (part) => (isWhole = await pause(part));
    const laidOut = isLinear
      ? linear
      : await this.umap(rows, modelId, { dimensions, linear, ids, before }, watched);
    if (laidOut === null) return null;
    const cloud = { points: laidOut, dimensions, ids };
    const places = before ? aligned(cloud, before) : centred(laidOut, dimensions);
    this.before = { key, points: places, dimensions, ids, modelId: isWhole ? modelId : null };
    const { variances, totalVariance } = analysis;
    const seen = variances.reduce((sum, variance) => sum + variance, 0);
    return {
      ...{ port, method, dimensions, step, samples, times, scalars, leftOut },
      // What is sent away is gone.
      places: places.slice(),
      explained: isLinear && totalVariance > 0 ? Math.min(1, seen / totalVariance) : null,
      width: matrix.columns,
    };
  }

  private async umap(
    { matrix }: EmbeddingRows,
    modelId: number,
    { dimensions, linear, ids, before }: Start,
    pause: Pause,
  ): Promise<Float32Array | null> {
    const isSame = before !== null && before.ids.length === ids.length;
    if (isSame && before.modelId === modelId) return before.points;
    const most = linear.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
    return umapLayout(matrix, {
      ...{ dimensions, seed: SEED, pause },
      start: isSame ? before.points : linear.map((value) => (START_EXTENT / most) * value),
      epochs: isSame ? EPOCHS.again : EPOCHS.first,
    });
  }
}

interface Start {
  readonly dimensions: number;
  readonly linear: Float32Array;
  readonly ids: Int32Array;
  readonly before: Before | null;
}

function centred(points: Float32Array, dimensions: number): Float32Array {
  const sums = new Float64Array(dimensions);
  points.forEach((value, at) => {
    sums[at % dimensions] = (sums[at % dimensions] ?? 0) + value;
  });
  const count = points.length / dimensions;
  return points.map((value, at) => value - (sums[at % dimensions] ?? 0) / count);
}
