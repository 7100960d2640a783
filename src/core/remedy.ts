/** An output or an input of a node. */
export interface RemedyPort {
  readonly nodeId: string;
  readonly port: string;
}

/** One change of a document, told by what it is for; where a new node is placed is not said. */
export type RemedyStep =
  /** A node of a kind with its defaults, which reads outputs by one of its inputs. */
  | {
      readonly kind: 'addReader';
      readonly nodeKind: string;
      readonly input: string;
      readonly reads: readonly RemedyPort[];
    }
  /** A node of a kind with its defaults, between an output and some of the inputs that read it. */
  | {
      readonly kind: 'insert';
      readonly nodeKind: string;
      readonly input: string;
      readonly output: string;
      readonly after: RemedyPort;
      readonly before: readonly RemedyPort[];
    }
  /** A sampler that reads an observed value, and a loss functional that reads an energy and the sampler's points. */
  | {
      readonly kind: 'contrast';
      readonly energy: RemedyPort;
      readonly observed: RemedyPort;
      readonly sampler: string;
      readonly functional: string;
    }
  | {
      readonly kind: 'setParameter';
      readonly nodeId: string;
      readonly parameter: string;
      readonly value: number;
    }
  /** Gives what is written under one name to another parameter, or to none. */
  | {
      readonly kind: 'renameParameter';
      readonly nodeId: string;
      readonly parameter: string;
      readonly to: string | null;
    }
  | { readonly kind: 'setBatchSize'; readonly batchSize: number }
  | { readonly kind: 'delete'; readonly nodeIds: readonly string[] }
  /** Asks for the file of a node for own data: the only step of its remedy, and no change by itself. */
  | { readonly kind: 'chooseFile'; readonly nodeId: string };

/** What would make a finding go, as data: one step of undo for the user. */
export interface Remedy {
  /** What it does, as a thing to do: `Add VICReg on “Encoder”`. */
  readonly label: string;
  readonly steps: readonly RemedyStep[];
}
