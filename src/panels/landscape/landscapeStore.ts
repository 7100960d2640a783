import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Domain } from '../../graph/inferenceStrategy';
import type {
  ChosenValue,
  Descent,
  LandscapeFrame,
  LandscapeRange,
  PlanePoint,
  SliceSettings,
} from '../../probing/landscape/landscapeFrame';
import type { PictureStrip } from '../../probing/pictures/pictureStrip';
import type { ScaleChoice } from './valueScale';
import type { PanelProblem } from '../panelProblem';

/** A plane of the graph that a landscape can be drawn over. */
export interface LandscapeVariable {
  readonly shows: 'plane';
  readonly id: string;
  readonly label: string;
  /** E is that of a given z; in F free variables are inferred at each point; L is the objective. */
  readonly symbol: 'E' | 'F' | 'L';
  /** What varies: `y`, `z`, `θ`, or `x, y`. */
  readonly argument: string;
  /** The axes are two variables, x and y: densities are those of y at each x. A length is the same along both otherwise. */
  readonly isApart: boolean;
  readonly hasDensity: boolean;
  /** Whether values descend along gradients from a point. */
  readonly descends: boolean;
  readonly controls: readonly PlaneControl[];
  /** What is held at one sample, in words; empty where nothing is. */
  readonly held: string;
  /** Free variables that are inferred at each point, by their nodes. */
  readonly inferred: readonly string[];
  /** Those of them for which a value may be chosen. */
  readonly latents: readonly ChosenLatent[];
  /** Height, width and channels of a value, or of one step of it, where it is a picture. */
  readonly picture: readonly [number, number, number] | null;
  /** Numbers of a code that may vary. */
  readonly components: number;
  /** Terms of the objective, by their nodes. */
  readonly terms: readonly { readonly id: string; readonly label: string }[];
}

/** What the user chooses beside a plane: the held sample, samples to go through, numbers of a code, or a term of an objective. */
export type PlaneControl = 'sample' | 'samples' | 'components' | 'objective';

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
  readonly shows: 'pictures';
  readonly id: string;
  readonly label: string;
}

/** A plane that the graph does not have. */
export interface MissingPlane {
  readonly shows: 'nothing';
  readonly id: string;
  readonly label: string;
  /** What it would need: the rest of a sentence. */
  readonly needs: string;
}

export type LandscapeChoice = LandscapeVariable | Pictures | MissingPlane;

export const PICTURES: Pictures = { shows: 'pictures', id: 'pictures', label: 'Pictures' };

/** Gradients are computed when they are to be seen. */
export const ARROWS = 'arrows';

export const USUAL_SLICE: SliceSettings = {
  first: 0,
  second: 1,
  third: 2,
  components: [0, 1],
  split: 'heldOut',
  term: null,
  seed: 0,
};

/** How the values of a landscape are shown. */
export interface LandscapeLook {
  readonly quantity: 'energy' | 'density';
  /** Of the density e^(−βF). */
  readonly beta: number;
  readonly scale: ScaleChoice;
  /** Ids of layers. */
  readonly hidden: ReadonlySet<string>;
}

export interface LandscapeState {
  /** What the graph has first, then what it has not; null until somebody has looked. */
  readonly variables: readonly LandscapeChoice[] | null;
  readonly chosen: LandscapeChoice | null;
  /** Null to be chosen. */
  readonly range: LandscapeRange | null;
  /** Number of the held-out sample at which other observed values are held. */
  readonly sample: number;
  readonly slice: SliceSettings;
  readonly look: LandscapeLook;
  /** The newest of the chosen variable. */
  readonly frame: LandscapeFrame | null;
  /** The newest, while pictures are chosen. */
  readonly strip: PictureStrip | null;
  /** It is of the graph that was trained, which is another one by now. */
  readonly stale: boolean;
  readonly computing: boolean;
  /** Why there is none of the graph as it is. */
  readonly problem: PanelProblem | null;
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
    slice: USUAL_SLICE,
    look: { quantity: 'energy', beta: 1, scale: 'auto', hidden: new Set([ARROWS]) },
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
  /** Lays a slice elsewhere. */
  setSlice(slice: Partial<SliceSettings>): void;
  setLook(look: Partial<LandscapeLook>): void;
  /** Descends from a point, again whenever the landscape changes; null: no more. */
  descendFrom(start: PlanePoint | null): void;
  /** Shows which y goes with a value of a latent, again whenever the landscape changes. */
  chooseValue(value: ChosenValue): void;
  /** Computes again after a failure. */
  retry(): void;
}
