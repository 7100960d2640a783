import { WasmCode } from './wasmCode';
import type { WasmFunction } from './wasmModule';

/** Functions of four f32 at once that wasm has no instruction for. Their order is that in a module. */
export const VECTOR_FUNCTIONS = [
  'exp',
  'log',
  'tanh',
  'sigmoid',
  'softplus',
  'erf',
  'sin',
  'cos',
] as const;
export type VectorFunction = (typeof VECTOR_FUNCTIONS)[number];

export function isVectorFunction(op: string): op is VectorFunction {
  return VECTOR_FUNCTIONS.some((name) => name === op);
}

type Write = (code: WasmCode) => void;

/** c₀·xⁿ + c₁·xⁿ⁻¹ + … by Horner's rule; `x` is a local. */
function polynomial(code: WasmCode, x: number, coefficients: readonly number[]): void {
  coefficients.forEach((coefficient, index) => {
    if (index > 0) code.get(x).vector('f32x4.mul');
    code.splat(coefficient);
    if (index > 0) code.vector('f32x4.add');
  });
}

const LN2_HIGH = 0.693359375;
const LN2_LOW = -2.1219444e-4;

/**
 * eˣ = 2ⁿ·e^r with n = round(x/ln 2), |r| ≤ ½ ln 2, and 2ⁿ in two factors so that it reaches the ends of float32.
 * Within 2 units in the last place. Source of the polynomial: Cephes `expf` (Moshier).
 */
function exp(code: WasmCode): void {
  const [n, r, whole, half] = [
    code.local('v128'),
    code.local('v128'),
    code.local('v128'),
    code.local('v128'),
  ];
  code.get(0).splat(-104).vector('f32x4.max').splat(89).vector('f32x4.min').tee(r);
  code.splat(Math.LOG2E).vector('f32x4.mul').vector('f32x4.nearest').set(n);
  code.get(r).get(n).splat(LN2_HIGH).vector('f32x4.mul').vector('f32x4.sub');
  code.get(n).splat(LN2_LOW).vector('f32x4.mul').vector('f32x4.sub').set(r);
  polynomial(
    code,
    r,
    [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 0.5, 1, 1],
  );
  code.get(n).vector('i32x4.trunc_sat_f32x4_s').tee(whole);
  code.i32(1).vector('i32x4.shr_s').set(half);
  const powerOfTwo = (exponent: Write): void => {
    exponent(code);
    code.splatInteger(127).vector('i32x4.add').i32(23).vector('i32x4.shl').vector('f32x4.mul');
  };
  powerOfTwo((c) => c.get(half));
  powerOfTwo((c) => c.get(whole).get(half).vector('i32x4.sub'));
}

const SMALLEST_NORMAL = 1.17549435e-38;
const MANTISSA = 0x007fffff;
const ONE = 0x3f800000;

/**
 * ln x = e·ln 2 + ln m with m in [√½, √2). Within 2 units in the last place; −∞ at 0, NaN below.
 * Source of the polynomial: Cephes `logf` (Moshier).
 */
function log(code: WasmCode): void {
  const [x, e, m, f, mask] = [0, 0, 0, 0, 0].map(() => code.local('v128')) as [
    number,
    number,
    number,
    number,
    number,
  ];
  // Subnormal numbers are made normal first: times 2²³.
  code.get(0).splat(SMALLEST_NORMAL).vector('f32x4.lt').set(mask);
  code
    .get(0)
    .splat(2 ** 23)
    .vector('f32x4.mul')
    .get(0)
    .get(mask)
    .vector('v128.bitselect')
    .set(x);
  code.get(x).i32(23).vector('i32x4.shr_s').splatInteger(-127).vector('i32x4.add');
  code
    .vector('f32x4.convert_i32x4_s')
    .get(mask)
    .splat(23)
    .vector('v128.and')
    .vector('f32x4.sub')
    .set(e);
  code.get(x).splatInteger(MANTISSA).vector('v128.and').splatInteger(ONE).vector('v128.or').set(m);
  code.get(m).splat(Math.SQRT2).vector('f32x4.ge').set(mask);
  code.get(e).get(mask).splat(1).vector('v128.and').vector('f32x4.add').set(e);
  code.get(m).splat(0.5).vector('f32x4.mul').get(m).get(mask).vector('v128.bitselect');
  code.splat(1).vector('f32x4.sub').tee(f);
  // f + (f²·f·P(f) + e·low − f²/2) + e·high
  code.get(f).get(f).vector('f32x4.mul').tee(m).get(f).vector('f32x4.mul');
  polynomial(
    code,
    f,
    [
      7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1,
      -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
    ],
  );
  code.vector('f32x4.mul').get(e).splat(LN2_LOW).vector('f32x4.mul').vector('f32x4.add');
  code.get(m).splat(0.5).vector('f32x4.mul').vector('f32x4.sub').vector('f32x4.add');
  code.get(e).splat(LN2_HIGH).vector('f32x4.mul').vector('f32x4.add').set(m);
  const unless = (value: number, condition: Write): void => {
    code.splat(value).get(m);
    condition(code);
    code.vector('v128.bitselect').set(m);
  };
  unless(Infinity, (c) => c.get(0).splat(Infinity).vector('f32x4.eq'));
  unless(-Infinity, (c) => c.get(0).splat(0).vector('f32x4.eq'));
  // Not "at least 0" is true of NaN too.
  unless(NaN, (c) => c.get(0).splat(0).vector('f32x4.ge').vector('v128.not'));
  code.get(m);
}

/**
 * tanh x as a quotient of polynomials of degrees 13 and 6 on [−9, 9], beyond which it is ±1 in float32.
 * Source: Eigen's `generic_fast_tanh_float`.
 */
function tanh(code: WasmCode): void {
  const [x, s] = [code.local('v128'), code.local('v128')];
  code.get(0).splat(-9).vector('f32x4.max').splat(9).vector('f32x4.min').tee(x);
  code.get(x).get(x).vector('f32x4.mul').set(s);
  polynomial(
    code,
    s,
    [
      -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8,
      1.48572235717979e-5, 6.37261928875436e-4, 4.89352455891786e-3,
    ],
  );
  code.vector('f32x4.mul');
  polynomial(
    code,
    s,
    [1.19825839466702e-6, 1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3],
  );
  code.vector('f32x4.div');
}

function sigmoid(code: WasmCode): void {
  code.splat(1).get(0).vector('f32x4.neg').call(functionIndex('exp'));
  code.splat(1).vector('f32x4.add').vector('f32x4.div');
}

/**
 * ln(1 + eˣ) = max(x, 0) + ln(1 + t), t = e^−|x|, which neither overflows nor cancels. With u = 1 + t rounded,
 * ln(1 + t) = ln u · t/(u − 1), and t itself where u is 1. Source: Goldberg (1991), theorem 4.
 */
function softplus(code: WasmCode): void {
  const [t, u] = [code.local('v128'), code.local('v128')];
  code.get(0).vector('f32x4.abs').vector('f32x4.neg').call(functionIndex('exp')).tee(t);
  code.splat(1).vector('f32x4.add').set(u);
  code.get(t);
  code.get(u).call(functionIndex('log')).get(t).vector('f32x4.mul');
  code.get(u).splat(1).vector('f32x4.sub').vector('f32x4.div');
  code.get(u).splat(1).vector('f32x4.eq').vector('v128.bitselect');
  code.get(0).splat(0).vector('f32x4.max').vector('f32x4.add');
}

/**
 * erf x as a quotient of polynomials of degrees 13 and 8 on [−4, 4], beyond which it is ±1 in float32.
 * Source: the rational approximation of Eigen and XLA.
 */
function erf(code: WasmCode): void {
  const [x, s] = [code.local('v128'), code.local('v128')];
  code.get(0).splat(-4).vector('f32x4.max').splat(4).vector('f32x4.min').tee(x);
  code.get(x).get(x).vector('f32x4.mul').set(s);
  polynomial(
    code,
    s,
    [
      -2.72614225801306e-10, 2.77068142495902e-8, -2.10102402082508e-6, -5.69250639462346e-5,
      -7.34990630326855e-4, -2.95459980854025e-3, -1.60960333262415e-2,
    ],
  );
  code.vector('f32x4.mul');
  polynomial(
    code,
    s,
    [
      -1.45660718464996e-5, -2.13374055278905e-4, -1.68282697438203e-3, -7.37332916720468e-3,
      -1.42647390514189e-2,
    ],
  );
  code.vector('f32x4.div').splat(-1).vector('f32x4.max').splat(1).vector('f32x4.min');
}

/** π/2 in three parts, the first two of few bits, so that their multiples by whole numbers up to 2¹³ are exact. */
const QUARTER_TURN = [1.5703125, 4.837512969970703e-4, 7.549789954891883e-8] as const;

/**
 * sin x, or cos x = sin(x + π/2): x = n·π/2 + r with |r| ≤ π/4 (Cody and Waite), then one of two polynomials in r, and the
 * sign, by n mod 4. Within 2⁻²² of the exact value up to |x| = 5000; of larger x it loses digits and stays within ±1.
 * Source of the polynomials: Cephes `sinf` and `cosf` (Moshier).
 */
function sineAfter(quarterTurns: 0 | 1): Write {
  return (code) => {
    const [n, r, s, quadrant] = [
      code.local('v128'),
      code.local('v128'),
      code.local('v128'),
      code.local('v128'),
    ];
    code
      .get(0)
      .splat(2 / Math.PI)
      .vector('f32x4.mul')
      .vector('f32x4.nearest')
      .set(n);
    code.get(0);
    for (const part of QUARTER_TURN) {
      code.get(n).splat(part).vector('f32x4.mul').vector('f32x4.sub');
    }
    code.splat(-0.8).vector('f32x4.max').splat(0.8).vector('f32x4.min').tee(r);
    code.get(r).vector('f32x4.mul').set(s);
    code.get(n).vector('i32x4.trunc_sat_f32x4_s').splatInteger(quarterTurns);
    code.vector('i32x4.add').set(quadrant);
    const isSet = (bit: 1 | 2): void => {
      code.get(quadrant).splatInteger(bit).vector('v128.and').splatInteger(bit).vector('i32x4.eq');
    };
    // The cosine of r where n is odd, and the sine elsewhere.
    polynomial(
      code,
      s,
      [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2, -0.5, 1],
    );
    polynomial(code, s, [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1, 1]);
    code.get(r).vector('f32x4.mul');
    isSet(1);
    code.vector('v128.bitselect').set(r);
    code.get(r).vector('f32x4.neg').get(r);
    isSet(2);
    code.vector('v128.bitselect');
  };
}

const BODIES: { readonly [K in VectorFunction]: Write } = {
  exp,
  log,
  tanh,
  sigmoid,
  softplus,
  erf,
  sin: sineAfter(0),
  cos: sineAfter(1),
};

/** Where a module that starts with `vectorFunctions()` has a function. */
export function functionIndex(name: VectorFunction): number {
  return VECTOR_FUNCTIONS.indexOf(name);
}

/** The functions, to be the first of a module. */
export function vectorFunctions(): WasmFunction[] {
  return VECTOR_FUNCTIONS.map((name) => {
    const code = new WasmCode(1);
    BODIES[name](code);
    return { parameters: ['v128'], results: ['v128'], code };
  });
}
