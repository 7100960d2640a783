import type { KernelListing } from '../src/codegen/report/kernelListing';
import type { Diagnostic } from '../src/core/diagnostic';
import type { PictureValues } from '../src/compiler/programs/nodePictures';
import type { BasinDocument } from '../src/document/schema';
import type {
  ChosenValue,
  Descent,
  LandscapeFrame,
  LandscapeRange,
  LandscapeSettings,
  PlanePoint,
} from '../src/probing/landscape/landscapeFrame';
import type {
  EmbeddingFrame,
  EmbeddingSettings,
  SampleTable,
} from '../src/probing/embedding/embeddingFrame';
import type { LatentFrame, LatentSettings } from '../src/probing/latent/latentFrame';
import type { PictureStrip } from '../src/probing/pictures/pictureStrip';
import type { ProbeStudy, StudyRequest } from '../src/probing/probeStudy';
import type { SequenceFilm, SequenceFrame } from '../src/probing/sequence/sequenceFrame';
import type { ProbeReport } from '../src/probing/report';
import type { TrialOutcome } from '../src/sweeps/runTrial';
import type { SessionEvent, Snapshot } from '../src/training/sessionState';

/** What the user asked to compute with: the name of an engine (`src/engine/engines.ts`), or `auto`, which calibrates. */
export type EngineChoice = string;

/** A worker's message with the name of the lock that it holds while it lives, under this key. */
export const LIFE_LOCK = 'basin:life-lock';

/** The page asks whether a worker is there, and the worker says so: messages with these keys. */
export const PING = 'basin:ping';
export const PONG = 'basin:pong';

/** Every message carries both, so that a late answer for a closed run or an older document is dropped. */
export interface RunTag {
  readonly runId: string;
  readonly revision: number;
}

export interface OpenRequest extends RunTag {
  readonly document: BasinDocument;
  readonly engine: EngineChoice;
  /** Carry on from here instead of from the initial weights. */
  readonly snapshot?: Snapshot;
}

export type TaggedSessionEvent = RunTag & { readonly event: SessionEvent };

/** Exposed by train.worker through Comlink. One session at a time: `open` closes the one before. */
export interface TrainWorkerApi {
  /** Compiles; resolves when the session is `paused` (ready) or `failed`. Progress comes as events. */
  open(request: OpenRequest, listener: (event: TaggedSessionEvent) => void): Promise<void>;
  run(): Promise<void>;
  pause(): Promise<void>;
  /** Runs exactly `count` steps, then pauses. */
  step(count: number): Promise<void>;
  /** Back to step 0 and the initial weights, without recompiling. */
  reset(): Promise<void>;
  /** Live scalars by name (`LIVE` in src/compiler/names.ts). Never recompiles. */
  setLive(values: Readonly<Record<string, number>>): Promise<void>;
  /** Everything: weights, statistics and optimizer state. */
  snapshot(): Promise<Snapshot>;
  /** Weights and statistics between two steps, for a picture of them; null where there is none. */
  glimpse(): Promise<Snapshot | null>;
  restore(snapshot: Snapshot): Promise<void>;
  /** Raises the number of steps after which the session is `done`. */
  setTotalSteps(steps: number): Promise<void>;
  /** Snapshots come at the multiples of this. */
  setEvaluateEvery(steps: number): Promise<void>;
  /** Drops the GPU device on purpose: the session must rebuild and go on. For tests. */
  loseDevice(): Promise<void>;
  close(): Promise<void>;
}

export interface ProbeRequest extends RunTag {
  readonly document: BasinDocument;
  readonly snapshot: Snapshot;
  /** The step from which the document's own graph was trained. */
  readonly trainedFrom: number;
}

export interface ProbeAnswer extends RunTag {
  readonly report: ProbeReport | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface LandscapeRequest extends RunTag, LandscapeSettings {
  readonly document: BasinDocument;
  /** Null for the weights that a training starts with. */
  readonly snapshot: Snapshot | null;
  /** One of `landscapeViews`. */
  readonly viewId: string;
}

export interface LandscapeAnswer extends RunTag {
  readonly frame: LandscapeFrame | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface DescentRequest extends LandscapeRequest {
  readonly from: PlanePoint;
  /** What the picture shows. */
  readonly range: LandscapeRange;
}

export interface DescentAnswer extends RunTag {
  readonly descent: Descent | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface PredictionRequest extends LandscapeRequest {
  /** Of one of the view's latents. */
  readonly chosen: ChosenValue;
  /** What the picture shows. */
  readonly range: LandscapeRange;
}

export interface PredictionAnswer extends RunTag {
  /** The y that goes with it; null also where there is none. */
  readonly prediction: PlanePoint | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface PicturesRequest extends RunTag {
  readonly document: BasinDocument;
  /** Null for the weights that a training starts with. */
  readonly snapshot: Snapshot | null;
}

export interface PicturesAnswer extends RunTag {
  readonly strip: PictureStrip | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface NodePicturesRequest extends RunTag {
  readonly document: BasinDocument;
  /** Null for the weights that a training starts with. */
  readonly snapshot: Snapshot | null;
  /** Of which nodes. */
  readonly nodeIds: readonly string[];
}

export interface NodePicturesAnswer extends RunTag {
  /** Of those nodes that have one; null where they failed, which the diagnostics explain. */
  readonly pictures: readonly PictureValues[] | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface EmbeddingRequest extends RunTag {
  readonly document: BasinDocument;
  /** Null for the weights that a training starts with. */
  readonly snapshot: Snapshot | null;
  readonly settings: EmbeddingSettings;
  /** The same for the same weights and live values: what was computed of them is still good. */
  readonly modelId: number;
  /** Whether the samples are wanted that the points are of. */
  readonly withSamples: boolean;
}

export interface EmbeddingAnswer extends RunTag {
  /** Null also where it was stopped before there was anything to see. */
  readonly frame: EmbeddingFrame | null;
  /** Null where they were not wanted, or there are none. */
  readonly samples: SampleTable | null;
  /** It was stopped, and is as far as it had come. */
  readonly stopped: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface LatentRequest extends RunTag {
  readonly document: BasinDocument;
  /** Null for the weights that a training starts with. */
  readonly snapshot: Snapshot | null;
  readonly settings: LatentSettings;
  /** Whether the samples are wanted that values are compared with. */
  readonly withSamples: boolean;
}

export interface LatentAnswer extends RunTag {
  readonly frame: LatentFrame | null;
  /** Null where they were not wanted, or there are none. */
  readonly samples: SampleTable | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface SequenceRequest extends RunTag {
  readonly document: BasinDocument;
  /** Null for the weights that a training starts with. */
  readonly snapshot: Snapshot | null;
  /** Whether the sequences themselves are wanted. */
  readonly withFilm: boolean;
}

export interface SequenceAnswer extends RunTag {
  readonly frame: SequenceFrame | null;
  /** Null where it was not wanted. */
  readonly film: SequenceFilm | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ProbeStudyRequest extends RunTag {
  readonly document: BasinDocument;
  /** Null for the weights that a training starts with. */
  readonly snapshot: Snapshot | null;
  /** The probe. */
  readonly nodeId: string;
  readonly study: StudyRequest;
}

export interface ProbeStudyAnswer extends RunTag {
  readonly study: ProbeStudy | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Exposed by probe.worker. It compiles once a revision and keeps its own engine. */
export interface ProbeWorkerApi {
  probe(request: ProbeRequest): Promise<ProbeAnswer>;
  /** F over a grid, or as much of it as comes in a moment: asked for the same again, it goes on. */
  landscape(request: LandscapeRequest): Promise<LandscapeAnswer>;
  /** A way down from a point of the landscape. */
  descend(request: DescentRequest): Promise<DescentAnswer>;
  /** Which y goes with a chosen value of a latent. */
  predict(request: PredictionRequest): Promise<PredictionAnswer>;
  /** Held-out images, and what the graph makes of them. */
  pictures(request: PicturesRequest): Promise<PicturesAnswer>;
  /** What stands on nodes: samples, and what views and modules make of them. */
  nodePictures(request: NodePicturesRequest): Promise<NodePicturesAnswer>;
  /** What the graph makes of a code, and of those near to it. */
  latent(request: LatentRequest): Promise<LatentAnswer>;
  /** What the graph makes of held-out sequences, step by step. */
  sequence(request: SequenceRequest): Promise<SequenceAnswer>;
  /** The values of a port as points. While it takes its time, other questions are answered; `progress` goes from 0 to 1. */
  embed(request: EmbeddingRequest, progress: (part: number) => void): Promise<EmbeddingAnswer>;
  /** The embedding under way is to end with what it has. */
  stopEmbedding(): Promise<void>;
  /** What is asked of one probe of the graph besides its report. */
  study(request: ProbeStudyRequest): Promise<ProbeStudyAnswer>;
}

export interface PlanRequest {
  readonly revision: number;
  readonly document: BasinDocument;
}

/** Where a plan would run: the limits and kernels were chosen for it. */
export interface PlanTarget {
  /** Name of the WebGPU adapter; null where there is none, and the plan is one for WebGPU's default limits. */
  readonly adapter: string | null;
  readonly software: boolean;
}

export interface PlanAnswer {
  readonly revision: number;
  readonly target: PlanTarget;
  /** Null when the graph does not compile. */
  readonly listing: KernelListing | null;
  /** Time to differentiate, simplify and plan, and to write the kernels. */
  readonly compileMs: number;
  /** Why there is no listing, or what of the plan the adapter has no room for. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ExportAnswer {
  /** File name → content; null where the graph cannot be written. */
  readonly files: ReadonlyMap<string, Uint8Array> | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Exposed by plan.worker: what a graph is written as, and not run. Its kernels need no GPU and no data; a program of another
 * system takes its data with it.
 */
export interface PlanWorkerApi {
  plan(request: PlanRequest): Promise<PlanAnswer>;
  exportPytorch(document: BasinDocument): Promise<ExportAnswer>;
}

export interface TrialRequest {
  readonly document: BasinDocument;
  readonly engine: EngineChoice;
}

export interface TrialAnswer {
  /** Null when the graph does not compile, or the engine failed. */
  readonly outcome: TrialOutcome | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Exposed by sweep.worker: whole trainings, one after the other. There may be several such workers. */
export interface SweepWorkerApi {
  run(request: TrialRequest, onStep: (step: number) => void): Promise<TrialAnswer>;
}

/** Where a port is, from the upper left corner of its node. Weights enter at the top and leave at the bottom. */
export interface LayoutPort {
  readonly name: string;
  readonly side: 'left' | 'right' | 'top' | 'bottom';
  readonly x: number;
  readonly y: number;
}

export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly group?: string;
  readonly inputs: readonly LayoutPort[];
  readonly outputs: readonly LayoutPort[];
  /** The end of the graph that it belongs to: data at the left, what is minimised at the right. */
  readonly end?: 'left' | 'right';
  /** It encodes: encoders of which none reads what another gives stand in one column, as in the figures of the field. */
  readonly encodes?: boolean;
}

export interface LayoutEdge {
  readonly id: string;
  readonly source: string;
  readonly sourcePort: string;
  readonly target: string;
  readonly targetPort: string;
  /** Pixels that what is printed on it needs. */
  readonly room?: number;
}

export interface LayoutResult {
  readonly positions: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
}

/** Exposed by layout.worker: layout in columns from left to right. */
export interface LayoutWorkerApi {
  /** `parents`: of groups that are in groups. */
  layout(
    nodes: readonly LayoutNode[],
    edges: readonly LayoutEdge[],
    parents?: Readonly<Record<string, string>>,
  ): Promise<LayoutResult>;
}
