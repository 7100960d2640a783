import type { PortKey, PortReference } from '../compiler/graph/graph';
import type {
  EnergyEvidence,
  EnergyStatistics,
  InferenceStatistics,
  LatentEvidence,
  LatentStatistics,
  ModuleStatistics,
  RepresentationEvidence,
  RepresentationStatistics,
  TermStatistics,
} from './statistics';
import type { ProbeReading } from './readings/reading';
import type { FallPoint } from './statistics/measuredInference';
import type { Judgement } from './verdicts/rule';

export type { Verdict } from './verdicts/verdicts';

/** One representation on held-out data: its statistics and evidence by key, and what they add up to. */
export interface RepresentationReport
  extends RepresentationStatistics, RepresentationEvidence, Judgement {
  readonly label: string;
  readonly dim: number;
  readonly rows: number;
}

export interface EnergyReport extends EnergyStatistics, EnergyEvidence, Judgement {
  readonly label: string;
}

/** How far from a minimum inference ends at one free variable. */
export interface InferenceReport extends InferenceStatistics {
  readonly label: string;
  /** How its energy falls, from the start to the point found; empty where no steps are taken. */
  readonly fall: readonly FallPoint[];
}

/** What a latent does on held-out data. */
export interface LatentReport extends LatentStatistics, LatentEvidence {
  readonly label: string;
}

/** The weights of a module, and where the next step would move them. */
export interface ModuleReport extends ModuleStatistics {
  readonly label: string;
}

/** A term of the objective at one representation. */
export interface TermReport extends TermStatistics {
  readonly label: string;
}

/** With the output that it is a report on. */
export type PlacedRepresentation = RepresentationReport & PortReference;

export interface ProbeReport extends Judgement {
  readonly step: number;
  readonly reps: Readonly<Record<PortKey, PlacedRepresentation>>;
  readonly energies: Readonly<Record<string, EnergyReport>>;
  /** By the node of the free variable. */
  readonly inference: Readonly<Record<string, InferenceReport>>;
  /** By the node of the latent. */
  readonly latents: Readonly<Record<string, LatentReport>>;
  /** By the owner of the weights; only where the next step of training was looked at. */
  readonly modules?: Readonly<Record<string, ModuleReport>>;
  /** By representation port and node of the objective; likewise. A port that no term pulls at is left out. */
  readonly gradientShares?: Readonly<Record<PortKey, Readonly<Record<string, TermReport>>>>;
  /** By the nodes of probes; only where the graph has any. */
  readonly probes?: Readonly<Record<string, ProbeReading>>;
  /** Loss and terms in evaluate mode on held-out rows. */
  readonly loss: number;
  readonly terms: Readonly<Record<string, number>>;
  /** By representation port; only where they were asked for and the data has labels. */
  readonly linearProbe?: Readonly<Record<PortKey, LinearProbeReport>>;
  readonly knn?: Readonly<Record<PortKey, number>>;
}

/** Held-out accuracies. A standardised linear probe hides collapse, so it is always read beside the other two. */
export interface LinearProbeReport {
  readonly accuracy: number;
  /** The same port with the initial weights. */
  readonly randomInitialisation: number;
  readonly rawInput: number;
}
