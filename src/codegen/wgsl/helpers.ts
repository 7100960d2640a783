import { PERMUTE_INDEX, SAMPLE_ROW, threefryWgsl, UNIFORM_AT } from './threefryWgsl';

/**
 * Functions that kernels may call. WGSL's own are only loosely accurate, may assume that no infinity or NaN
 * occurs in constants, and overflow where the mathematical value does not; these are good to a few ulp of
 * float32 and finite wherever the value is.
 */
interface Helper {
  readonly needs: readonly HelperName[];
  readonly source: string;
}

export type HelperName = keyof typeof HELPERS;

const HELPERS = {
  // A variable, since a constant expression must not be infinite.
  infinity: {
    needs: [],
    source: `var<private> infinityBits: u32 = 0x7f800000u;
fn infinity() -> f32 { return bitcast<f32>(infinityBits); }`,
  },
  // Bits, because a comparison with NaN or infinity may be assumed away.
  finite: {
    needs: [],
    source: `fn finite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }`,
  },
  // 2·atanh(s) = log((1+s)/(1−s)) by its series, |s| ≤ 1/3: relative error 2e-8.
  twiceArtanh: {
    needs: [],
    source: `fn twiceArtanh(s: f32) -> f32 {
  let z = s * s;
  let series = 0.33333334f + z * (0.2f + z * (0.14285715f + z * (0.11111111f + z * (0.09090909f + z * 0.07692308f))));
  return 2.0f * (s + s * z * series);
}`,
  },
  // WGSL allows log an absolute error of 2⁻²¹ near 1, where it is small itself.
  logarithm: {
    needs: ['twiceArtanh'],
    source: `fn logarithm(x: f32) -> f32 {
  if (x > 0.5f && x < 2.0f) { return twiceArtanh((x - 1.0f) / (x + 1.0f)); }
  return log(x);
}`,
  },
  // log(1 + exp(x)) = max(x, 0) + log1p(e), e = exp(−|x|); log1p(e) = 2·atanh(e / (2 + e)).
  softplus: {
    needs: ['twiceArtanh'],
    source: `fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0f) + twiceArtanh(e / (2.0f + e));
}`,
  },
  sigmoid: {
    needs: [],
    source: `fn sigmoid(x: f32) -> f32 {
  let e = exp(-abs(x));
  return select(e, 1.0f, x >= 0.0f) / (1.0f + e);
}`,
  },
  // Near 0 the polynomial of Cephes tanhf (Moshier), elsewhere (1 − e) / (1 + e) with e = exp(−2|x|).
  hyperbolicTangent: {
    needs: [],
    source: `fn hyperbolicTangent(x: f32) -> f32 {
  let a = min(abs(x), 15.0f);
  if (a < 0.625f) {
    let z = x * x;
    return x + x * z * (-0.33333233f + z * (0.13331616f + z * (-0.053736534f + z * (0.020639079f + z * -0.0057049887f))));
  }
  let e = exp(-2.0f * a);
  return sign(x) * (1.0f - e) / (1.0f + e);
}`,
  },
  // The rational approximation that Eigen and XLA use, in x²; from |x| = 4 on erf rounds to ±1.
  errorFunction: {
    needs: [],
    source: `fn errorFunction(x: f32) -> f32 {
  let c = clamp(x, -4.0f, 4.0f);
  let z = c * c;
  var p = -2.72614225801306e-10f;
  p = p * z + 2.77068142495902e-8f;
  p = p * z - 2.10102402082508e-6f;
  p = p * z - 5.69250639462346e-5f;
  p = p * z - 7.34990630326855e-4f;
  p = p * z - 2.95459980854025e-3f;
  p = p * z - 1.60960333262415e-2f;
  var q = -1.45660718464996e-5f;
  q = q * z - 2.13374055278905e-4f;
  q = q * z - 1.68282697438203e-3f;
  q = q * z - 7.37332916720468e-3f;
  q = q * z - 1.42647390514189e-2f;
  return clamp(c * p / q, -1.0f, 1.0f);
}`,
  },
  // x = n·π/2 + r with π/2 in three parts (Cody and Waite), then the polynomials of Cephes sinf and cosf.
  sineCosine: {
    needs: [],
    source: `fn quarterTurns(x: f32) -> f32 { return floor(x * 0.63661975f + 0.5f); }
fn sineOfReduced(x: f32, n: f32, shift: i32) -> f32 {
  let r = ((x - n * 1.5703125f) - n * 4.837513e-4f) - n * 7.54979e-8f;
  let z = r * r;
  let s = r + r * z * (-0.16666655f + z * (0.0083321609f + z * -1.9515296e-4f));
  let c = 1.0f - 0.5f * z + z * z * (0.041666646f + z * (-0.0013887316f + z * 2.4433157e-5f));
  let quadrant = (i32(n) + shift) & 3;
  let value = select(s, c, (quadrant & 1) == 1);
  return select(value, -value, quadrant >= 2);
}
fn sine(x: f32) -> f32 { return sineOfReduced(x, quarterTurns(x), 0); }
fn cosine(x: f32) -> f32 { return sineOfReduced(x, quarterTurns(x), 1); }`,
  },
  // x^y = exp(y·log|x|), with the sign and the special cases of IEEE pow for whole y; a negative base with
  // another exponent gives what log gives. The exponential turns the rounding of a large y·log|x| into so many more
  // ulp, and GPUs that take it to base 2 double them: small whole powers are multiplied out.
  power: {
    needs: ['infinity', 'logarithm'],
    source: `fn power(x: f32, y: f32) -> f32 {
  if (y == 0.0f) { return 1.0f; }
  if (x == 0.0f) { return select(infinity(), 0.0f, y > 0.0f); }
  if (floor(y) == y && abs(y) <= 8.0f) {
    var product = 1.0f;
    for (var i = 0.0f; i < abs(y); i += 1.0f) { product *= x; }
    return select(1.0f / product, product, y > 0.0f);
  }
  let magnitude = exp(y * logarithm(abs(x)));
  if (x > 0.0f) { return magnitude; }
  if (floor(y) != y) { return log(x); }
  let odd = abs(y) < 16777216.0f && (i32(y) & 1) == 1;
  return select(magnitude, -magnitude, odd);
}`,
  },
  threefry2x32: { needs: [], source: threefryWgsl() },
  uniformAt: { needs: ['threefry2x32'], source: UNIFORM_AT },
  permuteIndex: { needs: ['threefry2x32'], source: PERMUTE_INDEX },
  sampleRow: { needs: ['permuteIndex'], source: SAMPLE_ROW },
} as const satisfies Record<string, { needs: readonly string[]; source: string }>;

/** The sources of the named helpers and of what they need, each once, callees first. */
export function helperSources(names: Iterable<HelperName>): string[] {
  const done = new Set<HelperName>();
  const sources: string[] = [];
  const add = (name: HelperName): void => {
    if (done.has(name)) return;
    done.add(name);
    const helper: Helper = HELPERS[name];
    helper.needs.forEach(add);
    sources.push(helper.source);
  };
  [...names].sort().forEach(add);
  return sources;
}
