import type { Mode } from '../../../graph/mode';
import type { PictureShape } from '../../../graph/pictureShape';
import type { Analysis } from '../../analysis/analysis';
import type { PortReference } from '../../graph/graph';
import type { ChosenLatent } from '../chosenLatents';

/** A kind of plane that a landscape can be drawn over: an entry of `LANDSCAPE_PLANES`. */
export interface LandscapePlane {
  readonly kind: string;
  /** What the page calls it. */
  readonly title: string;
  /** What a graph must have for it: the rest of a sentence that begins with “It needs”. */
  readonly needs: string;
  /** `F` where free variables are inferred at each point, `E` where one is given, `L` of the objective. */
  readonly symbol: 'F' | 'E' | 'L';
  /**
   * `same`: a length is the same along both axes. `apart`: these are two variables, the second of which is y: densities are those
   * of y at each x by itself, and so is the line of least energy.
   */
  readonly axes: 'same' | 'apart';
  /** Whether e^(−βF) over it is a density. */
  readonly hasDensity: boolean;
  /**
   * How its program is made, and what lays the plane through it. `numbers`: energies at two numbers of values. `samples`: energies
   * at values between held-out samples. `code`: energies at codes around that of a sample. `weights`: the objective at weights
   * around the present ones.
   */
  readonly spannedBy: 'numbers' | 'samples' | 'code' | 'weights';
  /** What the user chooses beside it, in this order. */
  readonly controls: readonly PlaneControl[];
  /** The planes of this kind that a graph has, in its order. */
  views(analysis: Analysis): LandscapeView[];
}

/**
 * `sample`: the held-out sample that is held. `samples`: those that a plane is laid through. `components`: numbers of a code.
 * `objective`: which term, on which rows, along which directions.
 */
export type PlaneControl = 'sample' | 'samples' | 'components' | 'objective';

/** One of the two numbers that F is drawn over. */
export interface LandscapeAxis {
  readonly port: PortReference;
  /** Which number of the port's value. */
  readonly component: number;
  readonly label: string;
}

/** A plane of a graph over which its energy, or its objective, can be drawn. */
export interface LandscapeView {
  readonly id: string;
  readonly label: string;
  /** That of its plane. */
  readonly kind: string;
  /** The two numbers, of planes that these span. */
  readonly axes: readonly [LandscapeAxis, LandscapeAxis] | null;
  /** Whose values are given. */
  readonly given: readonly PortReference[];
  /** Those of them that vary over the plane and descend. */
  readonly moving: readonly PortReference[];
  /** Those of them that are the same all over the plane: x, at the sample that the plane begins at. */
  readonly kept: readonly PortReference[];
  /** Observed ports of which one sample is held. */
  readonly held: readonly PortReference[];
  /** Free variables that are inferred at each point, by their nodes. */
  readonly inferred: readonly string[];
  /** Free variables that a value may be chosen for, to see which y goes with it. */
  readonly latents: readonly ChosenLatent[];
  /** States that keep points of a sampler's chains which lie on the plane. */
  readonly chains: readonly string[];
  /** Samplers that keep none, and whose points lie on the plane: each step makes its own. */
  readonly samplers: readonly string[];
  /** Whether the values of held-out samples lie on the plane: observed ones, or what inference or an encoder gives. */
  readonly hasPoints: boolean;
  /** Steps of the inference that finds what is given, in evaluation; 0 where none is found by steps. */
  readonly steps: number;
  /** Whether views act between what is given and the energies. */
  readonly views: Mode;
  /** How a value of the first moving port looks, where it is a picture or a sequence of these. */
  readonly picture: PictureShape | null;
}

/** What most views have not. */
export const PLAIN_VIEW = {
  axes: null,
  kept: [],
  latents: [],
  chains: [],
  samplers: [],
  hasPoints: false,
  steps: 0,
  views: 'evaluate',
  picture: null,
} as const satisfies Partial<LandscapeView>;
