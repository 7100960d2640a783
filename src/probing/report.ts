import type { PortKey, PortReference } from '../compiler/graph/graph';
import type { EnergyStatistics, InferenceStatistics, RepresentationStatistics } from './statistics';
import type { FallPoint } from './statistics/measuredInference';
import type { Judgement } from './verdicts/rule';

export type { Verdict } from './verdicts/verdicts';

/** One representation on held-out data: its statistics by key, and what they add up to. */
export interface RepresentationReport extends RepresentationStatistics, Judgement {
  readonly label: string;
  /** Deviations along the principal axes, descending: singular values of the centred matrix over √(rows − 1). */
  readonly spectrum: readonly number[];
  readonly dim: number;
  readonly rows: number;
}

export interface EnergyReport extends EnergyStatistics, Judgement {
  readonly label: string;
}

/** How far from a minimum inference ends at one free variable. */
export interface InferenceReport extends InferenceStatistics {
  readonly label: string;
  /** How its energy falls, from the start to the point found; empty where no steps are taken. */
  readonly fall: readonly FallPoint[];
}

/** With the output that it is a report on. */
export type PlacedRepresentation = RepresentationReport & PortReference;

export interface ProbeReport extends Judgement {
  readonly step: number;
  readonly reps: Readonly<Record<PortKey, PlacedRepresentation>>;
  readonly energies: Readonly<Record<string, EnergyReport>>;
  /** By the node of the free variable. */
  readonly inference: Readonly<Record<string, InferenceReport>>;
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
