import type { Analysis } from '../../compiler/analysis/analysis';
import {
  compileSequence,
  SEQUENCE_OUTPUT,
  type SequenceProgram,
} from '../../compiler/programs/compileSequence';
import { loadData } from '../../compiler/programs/loadData';
import type { SequenceData } from '../../compiler/programs/sequenceParts';
import { defined } from '../../core/invariant';
import { failure, success, type Result } from '../../core/result';
import type { Executable } from '../../engine/engine';
import { fittingState } from '../../engine/fittingState';
import { initialState } from '../../engine/initialState';
import type { LandscapeModel, LandscaperOptions } from '../landscape/landscapeModel';
import type { SequenceFilm, SequenceFrame } from './sequenceFrame';

/** Follows held-out sequences through a document, for as many snapshots as come. One call at a time. */
export class SequenceReader {
  private constructor(
    private readonly compiled: SequenceProgram,
    /** Null where there is nothing to compute. */
    private readonly executable: Executable | null,
    private readonly sequences: SequenceFilm,
  ) {}

  /** Fails with the errors of the analysis, where no data has time, or when data cannot be loaded. */
  static async create(
    analysis: Analysis,
    { engine, asset, cache }: LandscaperOptions,
  ): Promise<Result<SequenceReader>> {
    const compiled = compileSequence(analysis);
    if (!compiled.ok) return compiled;
    const { value } = compiled;
    if (value === null) return failure(noSequences());
    const { seed } = analysis.training;
    const source = cache ? { seed, asset, cache } : { seed, asset };
    const wanted = filmRequests(value.source);
    const loaded = await loadData([...value.data, ...wanted], source);
    if (!loaded.ok) return loaded;
    const { arrays } = loaded.value;
    const { program, data } = value;
    const read = new Map(data.map(({ name }) => [name, defined(arrays.get(name), name)]));
    const executable = program.outputs.size > 0 ? await engine.compile(program, read) : null;
    return success(new SequenceReader(value, executable, filmOf(value, arrays)));
  }

  /** A copy, since it is sent away. */
  film(): SequenceFilm {
    const { pictures, paths } = this.sequences;
    return {
      ...this.sequences,
      pictures: pictures && { ...pictures, values: pictures.values.slice() },
      paths: paths.map((path) => ({ ...path, values: path.values.slice() })),
    };
  }

  async frame({ snapshot, live }: LandscapeModel): Promise<SequenceFrame> {
    const { executable } = this;
    const { program, rows, curves, places } = this.compiled;
    let outputs: ReadonlyMap<string, ArrayLike<number>> = new Map();
    if (executable) {
      const initial = new Map(program.state.map((spec) => [spec.name, initialState(spec)]));
      const trained = snapshot ? fittingState(program, snapshot.state) : [];
      executable.writeState(new Map([...initial, ...trained]), snapshot?.step ?? 0);
      executable.setLive(live);
      await executable.run(1);
      outputs = await executable.readOutputs();
    }
    const read = (name: string): Float32Array =>
      Float32Array.from(defined(outputs.get(name), name));
    return {
      step: snapshot?.step ?? null,
      sequences: rows,
      curves: curves.map((curve) => ({
        ...curve,
        own: read(SEQUENCE_OUTPUT.curve(curve.nodeId)),
        others: curve.hasOthers ? read(SEQUENCE_OUTPUT.others(curve.nodeId)) : null,
      })),
      places: places.map((place) => ({
        ...place,
        decoded: read(SEQUENCE_OUTPUT.decoded(place.nodeId)),
        truth: read(SEQUENCE_OUTPUT.places(place.nodeId)),
      })),
    };
  }

  dispose(): void {
    this.executable?.dispose();
  }
}

/** Of the pictures, and of the places in them. */
function filmRequests({ dataset, film }: SequenceData) {
  const columns = film ? [film.column, ...placesIn(dataset, film.column)] : [];
  return columns.map((column) => ({
    ...{ name: `film/${column}`, dataset, column, split: 'heldOut' as const },
  }));
}

function placesIn({ places = {} }: SequenceData['dataset'], picture: string): string[] {
  return Object.keys(places).filter((column) => places[column] === picture);
}

function filmOf(
  { source: { dataset, film, steps }, rows }: SequenceProgram,
  arrays: ReadonlyMap<string, Float32Array>,
): SequenceFilm {
  const cut = (column: string, size: number): Float32Array =>
    Float32Array.from(arrays.get(`film/${column}`)?.subarray(0, rows * steps * size) ?? []);
  if (!film) return { sequences: rows, steps, pictures: null, paths: [] };
  const [height, width, channels] = film.shape;
  return {
    ...{ sequences: rows, steps },
    pictures: { shape: film.shape, values: cut(film.column, height * width * channels) },
    paths: placesIn(dataset, film.column).map((column) => ({ column, values: cut(column, 2) })),
  };
}

function noSequences() {
  return {
    code: 'sample.no-port',
    severity: 'warning',
    message: 'No data of this graph has a time axis.',
  } as const;
}
