import type { Analysis } from '../../compiler/analysis/analysis';
import {
  compileNodePictures,
  NODE_PICTURE_OUTPUT,
  type NodePicturesProgram,
} from '../../compiler/programs/compileNodePictures';
import { loadData } from '../../compiler/programs/loadData';
import type { NodePicture, PaneValues, PictureValues } from '../../compiler/programs/nodePictures';
import { defined } from '../../core/invariant';
import { success, type Result } from '../../core/result';
import type { Executable } from '../../engine/engine';
import { fittingState } from '../../engine/fittingState';
import { initialState } from '../../engine/initialState';
import type { LandscapeModel, LandscaperOptions } from '../landscape/landscapeModel';

type Read = (output: string) => Float32Array;

/** The pictures of some nodes of a document, for as many snapshots as come. One call at a time. */
export class NodePicturer {
  private constructor(
    private readonly compiled: NodePicturesProgram | null,
    private readonly executable: Executable | null,
  ) {}

  /** Fails when data cannot be loaded. */
  static async create(
    analysis: Analysis,
    { engine, asset, cache }: LandscaperOptions,
    nodeIds: ReadonlySet<string>,
  ): Promise<Result<NodePicturer>> {
    const compiled = compileNodePictures(analysis, nodeIds);
    if (!compiled) return success(new NodePicturer(null, null));
    const { seed } = analysis.training;
    const source = cache ? { seed, asset, cache } : { seed, asset };
    const loaded = await loadData(compiled.data, source);
    if (!loaded.ok) return loaded;
    const executable = await engine.compile(compiled.program, loaded.value.arrays);
    return success(new NodePicturer(compiled, executable));
  }

  /** With the weights that a training starts with where there is no snapshot. */
  async pictures({ snapshot, live }: LandscapeModel): Promise<PictureValues[]> {
    const { compiled, executable } = this;
    if (!compiled || !executable) return [];
    const { program } = compiled;
    const initial = new Map(program.state.map((spec) => [spec.name, initialState(spec)]));
    const trained = snapshot ? fittingState(program, snapshot.state) : [];
    executable.writeState(new Map([...initial, ...trained]), snapshot?.step ?? 0);
    executable.setLive(live);
    await executable.run(1);
    const outputs = await executable.readOutputs();
    const read: Read = (name) => Float32Array.from(defined(outputs.get(name), `output ${name}`));
    return [...compiled.pictures].map(([nodeId, picture]) => valuesOf(nodeId, picture, read));
  }

  dispose(): void {
    this.executable?.dispose();
  }
}

function valuesOf(nodeId: string, { subject, panes }: NodePicture, read: Read): PictureValues {
  const values = panes.map(({ ports }, pane) =>
    interleaved(ports.map((_, port) => read(NODE_PICTURE_OUTPUT.pane(nodeId, pane, port)))),
  );
  const observed = panes.map(({ like }, pane) =>
    like ? read(NODE_PICTURE_OUTPUT.like(nodeId, pane)) : new Float32Array(),
  );
  // One scale for what was and what became of it.
  const axes = extent([...values, ...observed]);
  return {
    nodeId,
    panes: panes.map(({ form, like }, index): PaneValues => {
      const isPoints = form.kind === 'points';
      return {
        values: values[index] ?? new Float32Array(),
        limits: isPoints ? axes : shades(observed[index]),
        behind: isPoints && subject === 'made' && like ? (observed[index] ?? null) : null,
      };
    }),
  };
}

/** Units that are −1 and 1 are as black and white as those that are 0 and 1. */
function shades(observed: Float32Array | undefined): readonly [number, number] {
  return [observed?.includes(-1) === true ? -1 : 0, 1];
}

/** Numbers of several columns by turns. */
function interleaved(columns: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array()] = columns;
  if (columns.length === 1) return first;
  return Float32Array.from(
    { length: first.length * columns.length },
    (_, at) => columns[at % columns.length]?.[Math.floor(at / columns.length)] ?? NaN,
  );
}

/** From the least to the greatest finite number. */
function extent(arrays: readonly Float32Array[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const array of arrays) {
    for (const value of array) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low < high ? [low, high] : [-1, 1];
}
