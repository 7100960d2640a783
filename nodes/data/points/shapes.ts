import type { RandomStream } from '../../../src/core/random';
import type { PointParams } from './parameters';

/** One point, and the part of the shape it comes from where the shape has parts. */
export interface LabelledPoint {
  readonly point: readonly [number, number];
  readonly label?: number;
}

interface PointShape {
  /** Deviation of the noise when the user gives none. */
  readonly noise: number;
  /** The shape's own numbers: they enter the identity of the data set. */
  readonly uses: readonly (keyof PointParams)[];
  /** How many parts it has, where it has any: the labels of its points. */
  readonly parts?: (params: PointParams) => number;
  /** Row `index` of the data set. `noise` is the deviation of the shape's noise. */
  sample(random: RandomStream, index: number, params: PointParams, noise: number): LabelledPoint;
}

const TURN = 2 * Math.PI;

/** Isotropic Gaussian noise around a point. */
function blurred(
  random: RandomStream,
  noise: number,
  x: number,
  y: number,
): readonly [number, number] {
  return [x + noise * random.normal(), y + noise * random.normal()];
}

/** y = x² + ε, x ~ U(−1, 1): the first number is x, which carries no noise. */
const parabola: PointShape = {
  noise: 0.05,
  uses: [],
  sample: (random, _, __, noise) => {
    const x = 2 * random.uniform() - 1;
    return { point: [x, x * x + noise * random.normal()] };
  },
};

/** (r₁ sin θ, r₂ cos θ) + ε, θ ~ U(0, 2π): the notes' parametrisation (§3.2). */
const ellipse: PointShape = {
  noise: 0.05,
  uses: ['radius1', 'radius2'],
  sample: (random, _, { radius1, radius2 }, noise) => {
    const angle = TURN * random.uniform();
    return {
      point: blurred(random, noise, radius1 * Math.sin(angle), radius2 * Math.cos(angle)),
    };
  },
};

/** K arms: t ~ U(0, 1), r = 0.8 t + 0.2, angle = (2t + k)·2π/K + ε; the noise is in the angle, in radians. */
const spiral: PointShape = {
  noise: 0.2,
  uses: ['arms'],
  parts: ({ arms }) => arms,
  sample: (random, index, { arms }, noise) => {
    const label = index % arms;
    const t = random.uniform();
    const radius = 0.8 * t + 0.2;
    const angle = ((2 * t + label) * TURN) / arms + noise * random.normal();
    return { point: [radius * Math.cos(angle), radius * Math.sin(angle)], label };
  },
};

/** scikit-learn's make_moons: (cos t, sin t) and (1 − cos t, ½ − sin t), t ~ U(0, π). */
const moons: PointShape = {
  noise: 0.1,
  uses: [],
  parts: () => 2,
  sample: (random, index, _, noise) => {
    const label = index % 2;
    const angle = Math.PI * random.uniform();
    const [x, y] =
      label === 0
        ? [Math.cos(angle), Math.sin(angle)]
        : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    return { point: blurred(random, noise, x, y), label };
  },
};

/** scikit-learn's make_circles: radius 1 and radius `factor`. */
const rings: PointShape = {
  noise: 0.05,
  uses: ['factor'],
  parts: () => 2,
  sample: (random, index, { factor }, noise) => {
    const label = index % 2;
    const radius = label === 0 ? 1 : factor;
    const angle = TURN * random.uniform();
    return {
      point: blurred(random, noise, radius * Math.cos(angle), radius * Math.sin(angle)),
      label,
    };
  },
};

/** scikit-learn's make_swiss_roll without its width, a tenth of the size: (t cos t, t sin t)/10, t ~ U(1.5π, 4.5π). */
const swissRoll: PointShape = {
  noise: 0.05,
  uses: [],
  sample: (random, _, __, noise) => {
    const t = 1.5 * Math.PI * (1 + 2 * random.uniform());
    return { point: blurred(random, noise, (t * Math.cos(t)) / 10, (t * Math.sin(t)) / 10) };
  },
};

/** Gaussians with their centres on a circle. */
const gaussians: PointShape = {
  noise: 0.2,
  uses: ['centres', 'radius'],
  parts: ({ centres }) => centres,
  sample: (random, index, { centres, radius }, noise) => {
    const label = index % centres;
    const angle = (TURN * label) / centres;
    return {
      point: blurred(random, noise, radius * Math.cos(angle), radius * Math.sin(angle)),
      label,
    };
  },
};

/** The dark squares, 2 wide, of a board over [−4, 4]². The label is the square's column. */
const checkerboard: PointShape = {
  noise: 0,
  uses: [],
  parts: () => 4,
  sample: (random, _, __, noise) => {
    const column = random.integer(4);
    const row = 2 * random.integer(2) + (column % 2);
    const x = 2 * (column + random.uniform()) - 4;
    const y = 2 * (row + random.uniform()) - 4;
    return { point: blurred(random, noise, x, y), label: column };
  },
};

/** Deviation along a blade of the pinwheel. */
const BLADE_DEVIATION = 0.3;
/** How much a blade turns. */
const BLADE_RATE = 0.25;

/** Blades that are stretched Gaussians, turned by ¼ e^r (Johnson et al. 2016, SVAE), to twice the size as in FFJORD. */
const pinwheel: PointShape = {
  noise: 0.1,
  uses: ['blades'],
  parts: ({ blades }) => blades,
  sample: (random, index, { blades }, noise) => {
    const label = index % blades;
    const along = 1 + BLADE_DEVIATION * random.normal();
    const across = noise * random.normal();
    const angle = (TURN * label) / blades + BLADE_RATE * Math.exp(along);
    return {
      point: [
        2 * (along * Math.cos(angle) - across * Math.sin(angle)),
        2 * (along * Math.sin(angle) + across * Math.cos(angle)),
      ],
      label,
    };
  },
};

export const POINT_SHAPES: Readonly<Record<PointParams['shape'], PointShape>> = {
  parabola,
  ellipse,
  spiral,
  moons,
  rings,
  'swiss-roll': swissRoll,
  gaussians,
  checkerboard,
  pinwheel,
};
