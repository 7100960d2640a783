import type { NodePicture } from '../../compiler/programs/nodePictures';
import type { Severity } from '../../core/diagnostic';
import type { Remedy } from '../../core/remedy';
import type { Position } from '../../document/schema';
import type { Category } from '../../graph/nodeDefinition';
import type { PortType } from '../../graph/ports';
import type { NodeGeometry, PortPlace } from './nodeGeometry';
import type { Outline } from './nodeOutline';

/** A fault or remark as drawn on a node or port. */
export interface Remark {
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly remedy?: Remedy;
}

export interface PortView extends PortPlace {
  readonly name: string;
  readonly type: PortType;
  readonly direction: 'input' | 'output';
  readonly help?: string;
  readonly optional: boolean;
  readonly variadic: boolean;
  readonly connected: boolean;
  /** The inferred type, as printed on edges; null where it is unknown or there is none. */
  readonly shape: string | null;
  readonly remark: Remark | null;
}

/** Everything that drawing a node takes, apart from its place, its selection and what a run says of it. */
export interface NodeView {
  readonly id: string;
  readonly category: Category;
  /** As its definition names it. */
  readonly icon: string | undefined;
  readonly outline: Outline;
  readonly geometry: NodeGeometry;
  /** The user's label, else the kind's title. */
  readonly label: string;
  /** What kind of node it is, e.g. `Encoder`. */
  readonly title: string;
  /** A variable's own letter for its circle; null where a glyph stands. */
  readonly symbol: string | null;
  /** Shape, weights, and what it is to other nodes: what can be said at rest. */
  readonly state: string;
  /** Λ of a term of the objective, as text. */
  readonly weight: string | null;
  readonly ports: readonly PortView[];
  /** The gravest first. */
  readonly remarks: readonly Remark[];
  readonly bypassed: boolean;
  /** What its picture is of; null where it has none, or pictures are off. */
  readonly picture: NodePicture | null;
  /** Markdown of a note. */
  readonly text: string | null;
}

export interface EdgeView {
  readonly id: string;
  readonly source: string;
  readonly sourcePort: string;
  readonly target: string;
  readonly targetPort: string;
  readonly type: PortType;
  readonly shape: string | null;
  readonly remark: Remark | null;
  /** One of its ends is bypassed. */
  readonly dimmed: boolean;
  /** Places that it goes through, from source to target. */
  readonly bends: readonly Position[];
}
