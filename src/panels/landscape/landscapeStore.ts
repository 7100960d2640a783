import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Domain } from '../../graph/inferenceStrategy';
import type {
  ChosenValue,
  Descent,
  LandscapeFrame,
  LandscapeRange,
  PlanePoint,
} from '../../probing/landscape/landscapeFrame';
import type { PictureStrip } from '../../probing/pictures/pictureStrip';
import type { ScaleChoice } from './valueScale';

/** Two numbers of the graph that a landscape can be drawn over. */
export interface LandscapeVariable {
  readonly id: string;
  readonly label: string;
  readonly kind: 'observed' | 'latent' | 'surface';
  readonly axes: readonly [string, string];
  /** What is held at one sample, in words; empty where nothing is. */
  readonly held: string;
  /** Free variables that are inferred at each point, by their nodes. */
  readonly inferred: readonly string[];
  /** Those of them for which a value may be chosen. */
  readonly latents: readonly ChosenLatent[];
}

/** A latent of few numbers or values, which may be chosen. */
export interface ChosenLatent {
  readonly key: string;
  readonly label: string;
  /** Numbers of its value. */
  readonly size: number;
  readonly domain: Domain;
}

/** Held-out images beside what the graph makes of them. */
export interface Pictures {
  readonly id: string;
  readonly label: string;
  readonly kind: 'pictures';
}

export const PICTURES: Pictures = { id: 'pictures', label: 'Pictures', kind: 'pictures' };

/** The energy over a latent is that of a given z; over an observed variable, free ones are inferred. */
export function symbolOf({ kind }: LandscapeVariable): 'E' | 'F' {
  return kind === 'latent' ? 'E' : 'F';
}

/** How the values of a landscape are shown. */
export interface LandscapeLook {
  readonly quantity: 'energy' | 'density';
  /** Of the density e^(−βF). */
  readonly beta: number;
  readonly scale: ScaleChoice;
  /** Ids of layers. */
  readonly hidden: ReadonlySet<string>;
}

export interface LandscapeProblem {
  readonly message: string;
  /** It is not the graph's fault: trying again may help. */
  readonly canRetry: boolean;
}

export interface LandscapeState {
  /** Empty where the graph has none; null until somebody has looked. */
  readonly variables: readonly (LandscapeVariable | Pictures)[] | null;
  readonly chosen: LandscapeVariable | Pictures | null;
  /** Null to be chosen. */
  readonly range: LandscapeRange | null;
  /** Number of the held-out sample at which other observed values are held. */
  readonly sample: number;
  readonly look: LandscapeLook;
  /** The newest of the chosen variable. */
  readonly frame: LandscapeFrame | null;
  /** The newest, while pictures are chosen. */
  readonly strip: PictureStrip | null;
  /** It is of the graph that was trained, which is another one by now. */
  readonly stale: boolean;
  readonly computing: boolean;
  /** Why there is none of the graph as it is. */
  readonly problem: LandscapeProblem | null;
  /** Where a descent was asked for; null where none was. */
  readonly start: PlanePoint | null;
  readonly descent: Descent | null;
  /** The value of a latent for which ŷ is drawn; null where the variable has none. */
  readonly value: ChosenValue | null;
  /** ŷ for it. */
  readonly prediction: PlanePoint | null;
}

export type LandscapeStore = StoreApi<LandscapeState>;

export function createLandscapeStore(): LandscapeStore {
  return createStore<LandscapeState>(() => ({
    variables: null,
    chosen: null,
    range: null,
    sample: 0,
    look: { quantity: 'energy', beta: 1, scale: 'auto', hidden: new Set() },
    frame: null,
    strip: null,
    stale: false,
    computing: false,
    problem: null,
    start: null,
    descent: null,
    value: null,
    prediction: null,
  }));
}

/** What the panel asks for. */
export interface LandscapeActions {
  /** Keeps the landscape up to date from now on; returns how to stop, when nobody looks any more. */
  watch(): () => void;
  choose(variableId: string): void;
  setRange(range: LandscapeRange | null): void;
  setSample(sample: number): void;
  setLook(look: Partial<LandscapeLook>): void;
  /** Descends from a point, again whenever the landscape changes; null: no more. */
  descendFrom(start: PlanePoint | null): void;
  /** Shows which y goes with a value of a latent, again whenever the landscape changes. */
  chooseValue(value: ChosenValue): void;
  /** Computes again after a failure. */
  retry(): void;
}
