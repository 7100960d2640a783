import type { Category } from '../../graph/nodeDefinition';
import { pictureShape, type PictureShape } from '../../graph/pictureShape';
import { sameTensorType, sampleSize, type TensorType } from '../../graph/ports';
import type { Analysis } from '../analysis/analysis';
import { portKey, type GraphNode, type PortReference } from '../graph/graph';
import { columnPicture } from './pictureSources';

/** How a value is drawn. */
export type PictureForm =
  /** Samples side by side. */
  | { readonly kind: 'images'; readonly shape: PictureShape }
  /** The steps of a sample side by side. */
  | { readonly kind: 'film'; readonly shape: PictureShape; readonly steps: number }
  /** A sample is two numbers. */
  | { readonly kind: 'points' };

/** What the picture of a node is of. */
export type PictureSubject =
  /** What it gives. */
  | 'given'
  /** Its input, and what becomes of it. */
  | 'changed'
  /** What it makes in the form of what the graph observes. */
  | 'made';

export interface PicturePane {
  /** A port; two where each has one of the two numbers of a point. */
  readonly ports: readonly PortReference[];
  readonly form: PictureForm;
  /** The observed port whose values it is like: they say what is black and what is white. Null where there is none. */
  readonly like: PortReference | null;
}

/** Samples that a picture of each form shows at most. */
export const PICTURE_SAMPLES: { readonly [K in PictureForm['kind']]: number } = {
  images: 8,
  film: 2,
  points: 96,
};

/** The picture that stands on a node: of the first samples, in one pane, or in two where it changes them. */
export interface NodePicture {
  readonly subject: PictureSubject;
  readonly panes: readonly PicturePane[];
}

/** What one pane of a picture is drawn of. */
export interface PaneValues {
  /** `samples × …type`; of points x and y by turns. */
  readonly values: Float32Array;
  /** What is black and what is white; of points where the axes end. */
  readonly limits: readonly [number, number];
  /** Of points that are made: those that the graph observes, behind them. Null else. */
  readonly behind: Float32Array | null;
}

/** The values of the picture that stands on a node, by pane. */
export interface PictureValues {
  readonly nodeId: string;
  readonly panes: readonly PaneValues[];
}

/** Which categories have a picture. Whether a node has one its types decide: not every value can be drawn. */
const SUBJECTS: Partial<Record<Category, PictureSubject>> = {
  data: 'given',
  view: 'changed',
  module: 'made',
};

/** A type of what the graph observes, with how it is drawn. */
interface Drawable {
  readonly port: PortReference;
  readonly type: TensorType;
  readonly form: PictureForm;
}

type PanesOf = (
  node: GraphNode,
  analysis: Analysis,
  observed: readonly Drawable[],
) => readonly PicturePane[];

const PANES: { readonly [S in PictureSubject]: PanesOf } = {
  given: (node) => {
    const pane = givenPane(node);
    return pane ? [pane] : [];
  },
  changed: (node, { types }, observed) => {
    const before = [...node.inputs.values()][0]?.[0];
    const after = firstOutput(node);
    const type = before && types.get(portKey(before.nodeId, before.port));
    const made = after && types.get(portKey(after.nodeId, after.port));
    if (!before || !after || !type || !made || !sameTensorType(type, made)) return [];
    const form = formOf(type, observed);
    const like = observed.find((drawable) => sameTensorType(drawable.type, type))?.port ?? null;
    return form ? [before, after].map((port) => ({ ports: [port], form, like })) : [];
  },
  made: (node, { types }, observed) => {
    const port = firstOutput(node);
    const type = port && types.get(portKey(port.nodeId, port.port));
    const alike = observed.find((drawable) => type && sameTensorType(drawable.type, type));
    return port && alike ? [{ ports: [port], form: alike.form, like: alike.port }] : [];
  },
};

/** The pictures of a graph's nodes, as far as its types are known. Nodes without one are left out. */
export function nodePictures(analysis: Analysis): ReadonlyMap<string, NodePicture> {
  const { nodes } = analysis.graph;
  const observed = nodes.flatMap(drawables);
  const found = new Map<string, NodePicture>();
  for (const node of nodes) {
    const subject = SUBJECTS[node.definition.category];
    const panes = subject ? PANES[subject](node, analysis, observed) : [];
    if (subject && panes.length > 0) found.set(node.id, { subject, panes });
  }
  return found;
}

/** The first column that is a picture; else points, of one column or of two with a number each. */
function givenPane(node: GraphNode): PicturePane | null {
  const [picture] = [...drawables(node)].sort((a, b) => rank(a.form) - rank(b.form));
  if (picture) return { ports: [picture.port], form: picture.form, like: picture.port };
  const dataset = node.definition.dataset?.(node.params);
  const numbers = Object.entries(dataset?.columns ?? {})
    .filter(([, type]) => type.time === null && sampleSize(type) === 1)
    .map(([port]) => ({ nodeId: node.id, port }));
  return numbers.length === 2 ? { ports: numbers, form: { kind: 'points' }, like: null } : null;
}

function rank({ kind }: PictureForm): number {
  return kind === 'points' ? 1 : 0;
}

/** Columns of a data set that can be drawn, each with its own layout. */
function drawables(node: GraphNode): Drawable[] {
  const dataset = node.definition.dataset?.(node.params);
  return Object.entries(dataset?.columns ?? {}).flatMap(([column, type]) => {
    const laidOut = dataset ? columnPicture(dataset, column) : null;
    const form = laidOut ? pictureForm(laidOut, type.time) : formOf(type, []);
    return form ? [{ port: { nodeId: node.id, port: column }, type, form }] : [];
  });
}

/** As an image, as points, or like what is observed in the same type: rows of numbers may be laid out as a picture there. */
function formOf(type: TensorType, observed: readonly Drawable[]): PictureForm | null {
  const shape = pictureShape(type.shape);
  if (shape) return pictureForm(shape, type.time);
  const alike = observed.find((drawable) => sameTensorType(drawable.type, type));
  if (alike) return alike.form;
  return type.time === null && sampleSize(type) === 2 ? { kind: 'points' } : null;
}

function pictureForm(shape: PictureShape, steps: number | null): PictureForm {
  return steps === null ? { kind: 'images', shape } : { kind: 'film', shape, steps };
}

function firstOutput(node: GraphNode): PortReference | undefined {
  const output = node.ports.outputs.find(({ type }) => type === 'tensor');
  return output && { nodeId: node.id, port: output.name };
}
