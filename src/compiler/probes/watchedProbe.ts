import type { PictureShape } from '../../graph/pictureShape';
import type { Shape } from '../../ir/types';
import type { ProbeArm } from './probeValues';

/** Where in a row of raw input a picture is: its first number, and its shape. */
export interface Picture {
  readonly offset: number;
  readonly shape: PictureShape;
}

/** What is captured of a probe. */
export interface WatchedProbe {
  readonly nodeId: string;
  readonly label: string;
  /** Entry of the table of readings (`src/probing/readings`). */
  readonly reading: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Samples, or samples × steps. */
  readonly rows: number;
  /** Of a row of what is read. */
  readonly shape: Shape;
  /** What is captured of each arm, and how many numbers that has a row: what it reads, or what an online reader predicts. */
  readonly arms: ReadonlyMap<ProbeArm, number>;
  readonly target: { readonly kind: 'classes' | 'numbers'; readonly count: number } | null;
  /** The first picture of a row of raw input, if there is one. */
  readonly picture: Picture | null;
}

/** Names in the outputs of a program that captures probes. */
export const PROBE_OUTPUT = {
  /** `[rows, …]`. */
  arm: (nodeId: string, arm: ProbeArm) => `probe:${nodeId}:${arm}`,
  /** `[rows]` class numbers, or `[rows, count]`: what a probe is to predict. */
  target: (nodeId: string) => `probe target:${nodeId}`,
} as const;
