import type { DatasetSpec } from '../../graph/nodeDefinition';
import type { PictureShape } from '../../graph/pictureShape';
import type { TensorType } from '../../graph/ports';
import type { Analysis } from '../analysis/analysis';
import type { Probe, ProbeTarget } from '../analysis/probes';
import { portKey, type Graph, type GraphNode, type PortReference } from '../graph/graph';
import { timelines, type Timelines } from '../graph/timelines';
import { valueInputs } from '../graph/topology';
import { columnPicture } from './pictureSources';

/** The data whose sequences are looked at. */
export interface SequenceData {
  readonly node: GraphNode;
  readonly dataset: DatasetSpec;
  /** Steps of a sequence. */
  readonly steps: number;
  /** A column of pictures, one a step; null where it has none. */
  readonly film: { readonly column: string; readonly shape: PictureShape } | null;
}

/** A probe that reads where something is in the pictures. */
export interface PlaceProbe {
  readonly probe: Probe;
  readonly target: Extract<ProbeTarget, { kind: 'numbers' }>;
  /** Of places, of the data. */
  readonly column: string;
  /** The step of the data that each step of it is about. */
  readonly frames: readonly number[];
}

/** What predicts later steps of its own input, which has them. */
export interface Foretelling {
  readonly node: GraphNode;
  readonly input: PortReference;
  readonly output: PortReference;
  /** Steps of the prediction that the input has too, and the step of the data that each is about. */
  readonly frames: readonly number[];
}

/** What of a graph can be followed along a sequence. */
export interface SequenceParts {
  readonly data: SequenceData;
  readonly lines: Timelines;
  readonly places: readonly PlaceProbe[];
  readonly foretellings: readonly Foretelling[];
}

/** Null where no data has time. Of several data sets the first with pictures, or else the first. */
export function sequenceParts(analysis: Analysis): SequenceParts | null {
  const { graph, types } = analysis;
  const sequences = graph.nodes.flatMap(sequencesOf);
  const data = sequences.find(({ film }) => film !== null) ?? sequences[0];
  if (!data) return null;
  const lines = timelines(graph, types);
  return {
    data,
    lines,
    places: analysis.probes.flatMap((probe) => placeProbe(graph, data, lines, probe)),
    foretellings: graph.nodes.flatMap((node) => foretelling(analysis, lines, node)),
  };
}

function sequencesOf(node: GraphNode): SequenceData[] {
  const dataset = node.definition.dataset?.(node.params);
  if (!dataset) return [];
  const timed = Object.entries(dataset.columns).flatMap(([column, { time }]) =>
    time !== null && time > 1 ? [{ column, time, shape: columnPicture(dataset, column) }] : [],
  );
  const [first] = timed;
  if (!first) return [];
  const film = timed.find(({ shape, time }) => shape !== null && time === first.time);
  return [
    {
      ...{ node, dataset, steps: first.time },
      film: film?.shape ? { column: film.column, shape: film.shape } : null,
    },
  ];
}

/** Nothing where the probe predicts something else, or is fitted on request only. */
function placeProbe(
  graph: Graph,
  { node, dataset, film }: SequenceData,
  lines: Timelines,
  probe: Probe,
): PlaceProbe[] {
  const { target, contract, time } = probe;
  if (target?.kind !== 'numbers' || target.count !== 2 || !contract.online) return [];
  const column = columnOf(graph, target.source, node);
  const frames = lines.get(portKey(target.source.nodeId, target.source.port));
  const isPlace = column !== null && film !== null && dataset.places?.[column] === film.column;
  return isPlace && time !== null && frames?.length === time
    ? [{ probe, target, column, frames }]
    : [];
}

/** The column of a data node that a port has parts of, as they are: through nodes that pass on what they get. */
function columnOf(graph: Graph, { nodeId, port }: PortReference, data: GraphNode): string | null {
  if (nodeId === data.id) return port;
  const node = graph.byId.get(nodeId);
  const [source, ...more] = node ? valueInputs(node) : [];
  const passes = node?.definition.traits?.(node.params).passes;
  return source && more.length === 0 && passes ? columnOf(graph, source, data) : null;
}

function foretelling({ types }: Analysis, lines: Timelines, node: GraphNode): Foretelling[] {
  const { foretells } = node.definition;
  const [input] = (foretells && node.inputs.get(foretells.input)) ?? [];
  if (!foretells || !input) return [];
  const output = { nodeId: node.id, port: foretells.output };
  const known: TensorType | undefined = types.get(portKey(input.nodeId, input.port));
  const frames = lines.get(portKey(output.nodeId, output.port));
  const count = Math.min(frames?.length ?? 0, (known?.time ?? 1) - 1);
  return frames && count > 0 ? [{ node, input, output, frames: frames.slice(0, count) }] : [];
}
