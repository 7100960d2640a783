import type { Diagnostic } from '../../core/diagnostic';
import type { TrainingSettings } from '../../document/schema';
import type { StatisticSpec, WeightSpec } from '../../graph/nodeDefinition';
import type { Graph, PortTypes } from '../graph/graph';
import type { WeightAverage } from '../graph/weightLinks';
import type { Probe } from './probes';

/** One summand of the objective (docs/semantics.md §3). */
export interface ObjectiveTerm {
  readonly nodeId: string;
  readonly port: string;
  readonly label: string;
  /** A loss, or a terminal energy averaged over the batch. */
  readonly kind: 'loss' | 'energy';
  /** λ at the document's value; `weightParameter` names the live parameter, or is null for λ = 1. */
  readonly weight: number;
  readonly weightParameter: string | null;
}

/**
 * Everything that can be said of a document without lowering it. Cheap: the editor asks after every change.
 */
export interface Analysis {
  /** Without its probes. */
  readonly graph: Graph;
  /** Probes that can be asked, in the document's order. */
  readonly probes: readonly Probe[];
  readonly training: TrainingSettings;
  /** Output port → type. */
  readonly types: PortTypes;
  /** Errors, warnings and lint findings, in the order of the pipeline. */
  readonly diagnostics: readonly Diagnostic[];
  readonly objective: readonly ObjectiveTerm[];
  /** The objective in TeX and in plain text, with the nodes' own labels. */
  readonly formula: { readonly tex: string; readonly text: string };
  /** Module id → id of the node whose weights it uses: itself, unless linked to a module or an average. */
  readonly owners: ReadonlyMap<string, string>;
  /** Module id → its trained weights. */
  readonly weights: ReadonlyMap<string, readonly WeightSpec[]>;
  /** Link id → the average that it keeps. What an average follows comes before it. */
  readonly averages: ReadonlyMap<string, WeightAverage>;
  /** Node id → id of the node whose statistics it uses: itself, unless tied. */
  readonly statisticOwners: ReadonlyMap<string, string>;
  /** Owner id → its statistics. */
  readonly statistics: ReadonlyMap<string, readonly StatisticSpec[]>;
  readonly parameterCount: number;
}
