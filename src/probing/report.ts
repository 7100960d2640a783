import type { PortKey, PortReference } from '../compiler/graph/graph';

export type Verdict =
  | 'healthy'
  | 'complete collapse'
  | 'dimensional collapse'
  | 'flat energy'
  | 'latent leak'
  | 'diverged'
  /** Too few rows or nothing to judge by. */
  | 'no verdict';

/** 4-math 4.6, of one representation on held-out data. */
export interface RepresentationReport {
  readonly label: string;
  /** Mean and least over dimensions of the standard deviation over rows, ddof 1. */
  readonly meanStd: number;
  readonly minStd: number;
  /** Mean over dimensions of the deviation of L2-normalised rows; healthy is about 1/√dim. */
  readonly unitRowStd: number;
  /** RankMe of the centred matrix. */
  readonly effectiveRank: number;
  /** RankMe as in its paper, uncentred. */
  readonly effectiveRankUncentred: number;
  /** tr(C)² / ‖C‖²_F of the covariance C. */
  readonly participationRatio: number;
  /** Deviations along the principal axes, descending: singular values of the centred matrix over √(rows − 1). */
  readonly spectrum: readonly number[];
  readonly dim: number;
  readonly rows: number;
  readonly verdict: Verdict;
  /** The evidence for the verdict in one sentence, with the numbers. */
  readonly reason: string;
}

export interface EnergyReport {
  readonly label: string;
  /** Mean F(x, y) over held-out pairs. */
  readonly data: number;
  /** Mean F(x, y_other); null where no such pair exists. */
  readonly shuffled: number | null;
  readonly gap: number | null;
  /** How much the energy rises when the latents of true pairs go to other samples; null without a latent. */
  readonly latentRise: number | null;
  readonly verdict: Verdict;
  readonly reason: string;
}

/** With the output that it is a report on. */
export type PlacedRepresentation = RepresentationReport & PortReference;

export interface ProbeReport {
  readonly step: number;
  readonly reps: Readonly<Record<PortKey, PlacedRepresentation>>;
  readonly energies: Readonly<Record<string, EnergyReport>>;
  readonly verdict: Verdict;
  readonly reason: string;
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
