import type { Analysis } from '../../compiler/analysis/analysis';
import type { PortReference } from '../../compiler/graph/graph';
import { portKey } from '../../compiler/graph/graph';
import { embeddingPorts, type EmbeddingPort } from '../../compiler/programs/embeddingPorts';
import { defined } from '../../core/invariant';
import { failure, success, type Result } from '../../core/result';
import type { LandscapeModel, LandscaperOptions } from '../landscape/landscapeModel';
import { Readings } from '../readings/readings';
import { rowMatrix, type RowMatrix } from '../rowMatrix';
import type { EmbeddingSettings } from './embeddingFrame';

/** Points of one picture at most, by a method that takes its time over each pair of them, and by one that does not. */
const MOST_POINTS = { pca: 10_000, umap: 2000 } as const;

/** Values of a port for held-out samples, before they become points. */
export interface EmbeddingRows {
  readonly port: string;
  readonly step: number | null;
  readonly matrix: RowMatrix;
  /** Number of the sample of each row. */
  readonly samples: Int32Array;
  readonly times: Int32Array | null;
  readonly scalars: Float32Array | null;
  readonly leftOut: number;
}

type Wanted = Pick<EmbeddingSettings, 'port' | 'colour'>;

/** Reads the values of one port, and the energy that its points are coloured by, for as many snapshots as come. */
export class Embedder {
  private constructor(
    private readonly port: EmbeddingPort,
    private readonly energy: PortReference | null,
    private readonly readings: Readings,
  ) {}

  /** Fails with the errors of the analysis, where there is no such port, or when data cannot be loaded. */
  static async create(
    analysis: Analysis,
    { port: key, colour }: Wanted,
    options: LandscaperOptions,
  ): Promise<Result<Embedder>> {
    const port = embeddingPorts(analysis).find((one) => one.key === key);
    if (!port) return failure(noPort(key));
    const energy = energyOf(analysis, colour);
    const readings = await Readings.create(analysis, energy ? [port, energy] : [port], options);
    return readings.ok ? success(new Embedder(port, energy, readings.value)) : readings;
  }

  get nodeId(): string {
    return this.port.nodeId;
  }

  /** One call at a time. Fails where a value is not finite. */
  async rows(
    model: LandscapeModel,
    { method, colour }: Pick<EmbeddingSettings, 'method' | 'colour'>,
  ): Promise<Result<EmbeddingRows>> {
    const { port, energy, readings } = this;
    const steps = port.time ?? 1;
    const available = Number.isFinite(readings.count) ? readings.count : MOST_POINTS.umap;
    const count = Math.min(available, Math.max(1, Math.floor(MOST_POINTS[method] / steps)));
    const chosen = Array.from({ length: count }, (_, i) => Math.floor((i * available) / count));
    const read = await readings.at(model, chosen);
    const values = defined(read.get(port.key), port.key);
    if (!values.every(Number.isFinite)) return failure(notFinite(port));
    const matrix = rowMatrix(count * steps, port.width, values);
    const energies = energy && read.get(portKey(energy.nodeId, energy.port));
    return success({
      port: port.key,
      step: model.snapshot?.step ?? null,
      matrix,
      samples: Int32Array.from({ length: matrix.rows }, (_, row) => {
        return chosen[Math.floor(row / steps)] ?? 0;
      }),
      times:
        port.time === null
          ? null
          : Int32Array.from({ length: matrix.rows }, (_, row) => row % steps),
      scalars: energies ? repeated(energies, steps) : scalarsOf(matrix, colour),
      leftOut: (available - count) * steps,
    });
  }

  dispose(): void {
    this.readings.dispose();
  }
}

function energyOf({ graph }: Analysis, colour: Wanted['colour']): PortReference | null {
  if (colour.by !== 'energy') return null;
  const node = graph.byId.get(colour.nodeId);
  const output = node?.ports.outputs.find(({ type }) => type === 'energy');
  return node && output ? { nodeId: node.id, port: output.name } : null;
}

/** Each value for all steps of its sample. */
function repeated(values: Float32Array, steps: number): Float32Array {
  return Float32Array.from(
    { length: values.length * steps },
    (_, row) => values[Math.floor(row / steps)] ?? NaN,
  );
}

function scalarsOf(
  { rows, columns, values }: RowMatrix,
  colour: Wanted['colour'],
): Float32Array | null {
  switch (colour.by) {
    case 'label':
    case 'energy':
      return null;
    case 'norm':
      return Float32Array.from({ length: rows }, (_, row) =>
        Math.hypot(...values.subarray(row * columns, (row + 1) * columns)),
      );
    case 'component':
      return Float32Array.from(
        { length: rows },
        (_, row) => values[row * columns + Math.min(colour.index, columns - 1)] ?? NaN,
      );
  }
}

function noPort(key: string) {
  return {
    code: 'sample.no-port',
    severity: 'warning',
    message: `The graph has no port “${key}” that could be embedded.`,
  } as const;
}

function notFinite({ label, nodeId }: EmbeddingPort) {
  return {
    code: 'run.non-finite',
    severity: 'warning',
    message: `Values of “${label}” are infinite or no numbers, so there is nothing to draw.`,
    nodeId,
  } as const;
}
