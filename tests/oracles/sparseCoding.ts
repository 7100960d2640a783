import { Matrix } from 'ml-matrix';
import { chooseDistinct, oracleRandom } from './randomness';

/** A dictionary with the codes that it was learned with. */
export interface SparseCoding {
  /** `[K, D]`: an atom a row, none longer than 1. */
  readonly atoms: Matrix;
  /** `[N, K]`. */
  readonly codes: Matrix;
}

/** Mean over rows of ‖y − zW‖² + λ‖z‖₁, without a ½ (docs/mathematics.md §3). */
export function sparseObjective(
  { atoms, codes }: SparseCoding,
  rows: Matrix,
  lambda: number,
): number {
  const residual = Matrix.sub(rows, codes.mmul(atoms)).norm('frobenius') ** 2;
  return (residual + lambda * Matrix.abs(codes).sum()) / rows.rows;
}

/** Rounds over all numbers of a code. */
const SWEEPS = 500;
/** A round that changes no number by more is the last. */
const TOLERANCE = 1e-9;

/**
 * Codes `[N, K]` that minimise the objective for fixed atoms, by coordinate descent (Friedman, Hastie, Höfling and Tibshirani
 * 2007): with all others fixed the best z_k is soft(w_k·y − Σ_{j≠k} (w_k·w_j) z_j, λ/2) / ‖w_k‖².
 */
export function sparseCodes(
  atoms: Matrix,
  rows: Matrix,
  lambda: number,
  { sweeps = SWEEPS, start }: { readonly sweeps?: number; readonly start?: Matrix } = {},
): Matrix {
  const gram = atoms.mmul(atoms.transpose()).to2DArray();
  const correlations = rows.mmul(atoms.transpose()).to2DArray();
  const codes = start?.to2DArray() ?? correlations.map((row) => row.map(() => 0));
  codes.forEach((code, row) => {
    const fitted = gram.map((products) =>
      products.reduce((sum, p, j) => sum + p * (code[j] ?? 0), 0),
    );
    const problem = { gram, correlations: correlations[row] ?? [], fitted, threshold: lambda / 2 };
    for (let sweep = 0; sweep < sweeps; sweep++) {
      if (improve(code, problem) < TOLERANCE) break;
    }
  });
  return new Matrix(codes);
}

interface CodeProblem {
  /** w_k·w_j. */
  readonly gram: readonly (readonly number[])[];
  /** w_k·y. */
  readonly correlations: readonly number[];
  /** Σ_j (w_k·w_j) z_j, kept up to date: most numbers are zero and stay so, which then costs nothing. */
  readonly fitted: number[];
  readonly threshold: number;
}

/** One round over the numbers of a code; gives the largest change. */
function improve(code: number[], { gram, correlations, fitted, threshold }: CodeProblem): number {
  let largest = 0;
  for (let k = 0; k < code.length; k++) {
    const products = gram[k] ?? [];
    const own = products[k] ?? 0;
    if (own === 0) continue;
    const before = code[k] ?? 0;
    const target = (correlations[k] ?? 0) - (fitted[k] ?? 0) + own * before;
    const after = (Math.sign(target) * Math.max(Math.abs(target) - threshold, 0)) / own;
    const change = after - before;
    if (change === 0) continue;
    code[k] = after;
    for (let j = 0; j < code.length; j++)
      fitted[j] = (fitted[j] ?? 0) + change * (products[j] ?? 0);
    largest = Math.max(largest, Math.abs(change));
  }
  return largest;
}

/**
 * Learns a dictionary from `count` different rows on: codes for the atoms, then each atom for the codes, the length of none
 * above 1 (Mairal, Bach, Ponce and Sapiro 2009, algorithm 2, on all rows at once).
 */
export function learnDictionary(
  rows: Matrix,
  count: number,
  lambda: number,
  { rounds = 100, seed = 1 } = {},
): SparseCoding {
  const chosen = chooseDistinct(oracleRandom('dictionary', seed), count, rows.rows);
  const atoms = rows.subMatrixRow(chosen);
  for (let k = 0; k < count; k++) shorten(atoms, k);
  let codes = sparseCodes(atoms, rows, lambda);
  for (let round = 0; round < rounds; round++) {
    updateAtoms(atoms, codes, rows);
    codes = sparseCodes(atoms, rows, lambda, { sweeps: 5, start: codes });
  }
  return { atoms, codes: sparseCodes(atoms, rows, lambda, { start: codes }) };
}

/** Minimises the objective over one atom after the other. One that no code uses stays as it is. */
function updateAtoms(atoms: Matrix, codes: Matrix, rows: Matrix): void {
  const products = codes.transpose().mmul(codes);
  const targets = codes.transpose().mmul(rows);
  for (let k = 0; k < atoms.rows; k++) {
    const use = products.get(k, k);
    if (use < 1e-12) continue;
    const current = products.getRowVector(k).mmul(atoms);
    for (let d = 0; d < atoms.columns; d++) {
      atoms.set(k, d, atoms.get(k, d) + (targets.get(k, d) - current.get(0, d)) / use);
    }
    shorten(atoms, k);
  }
}

/** Scales a row to length 1 where it is longer. */
function shorten(atoms: Matrix, row: number): void {
  const length = atoms.getRowVector(row).norm('frobenius');
  atoms.mulRow(row, 1 / Math.max(1, length));
}
