import type { Analysis } from '../../compiler/analysis/analysis';
import { compilePictures, type PicturesProgram } from '../../compiler/programs/compilePictures';
import { loadData } from '../../compiler/programs/loadData';
import { defined } from '../../core/invariant';
import { success, type Result } from '../../core/result';
import type { Executable } from '../../engine/engine';
import { fittingState } from '../../engine/fittingState';
import { initialState } from '../../engine/initialState';
import type { LandscapeModel, LandscaperOptions } from '../landscape/landscapeModel';
import type { PictureRow, PictureStrip } from './pictureStrip';

/** Samples: as many as fit side by side. */
const COUNT = 12;

/** The pictures of a document, for as many snapshots as come. One call at a time. */
export class Picturer {
  private constructor(
    private readonly compiled: PicturesProgram,
    private readonly executable: Executable,
  ) {}

  /** Fails with the errors of the analysis, or when data cannot be loaded. */
  static async create(
    analysis: Analysis,
    { engine, asset, cache }: LandscaperOptions,
  ): Promise<Result<Picturer>> {
    const compiled = compilePictures(analysis, COUNT);
    if (!compiled.ok) return compiled;
    const { seed } = analysis.training;
    const source = cache ? { seed, asset, cache } : { seed, asset };
    const loaded = await loadData(compiled.value.data, source);
    if (!loaded.ok) return loaded;
    const executable = await engine.compile(compiled.value.program, loaded.value.arrays);
    return success(new Picturer(compiled.value, executable));
  }

  async strip({ snapshot, live }: LandscapeModel): Promise<PictureStrip> {
    const { program, sources, rows: samples } = this.compiled;
    const initial = new Map(program.state.map((spec) => [spec.name, initialState(spec)]));
    const trained = snapshot ? fittingState(program, snapshot.state) : [];
    this.executable.writeState(new Map([...initial, ...trained]), snapshot?.step ?? 0);
    this.executable.setLive(live);
    await this.executable.run(1);
    const outputs = await this.executable.readOutputs();
    const read = (key: string): Float32Array =>
      Float32Array.from(defined(outputs.get(key), `output ${key}`));
    const rows = sources.map(({ kind, key, label, shape, of }): PictureRow => {
      const values = read(key);
      const count = values.length / (shape[0] * shape[1] * shape[2]);
      // Observed values say whether units are −1 and 1.
      const low = read(of).includes(-1) ? -1 : 0;
      return { key, label, shape, count, values, limits: kind === 'atoms' ? null : [low, 1] };
    });
    return { step: snapshot?.step ?? null, count: samples, rows };
  }

  dispose(): void {
    this.executable.dispose();
  }
}
