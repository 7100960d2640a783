import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { digitPixels } from './digits';
import { learnDictionary, sparseCodes, sparseObjective } from './sparseCoding';

const LAMBDA = 0.5;

function centredDigits(): Matrix {
  const pixels = digitPixels('train').subMatrix(0, 499, 0, 63);
  return pixels.subRowVector(pixels.mean('column'));
}

describe('sparse codes', () => {
  it('of orthonormal atoms are soft thresholds of λ/2', () => {
    const angle = 0.3;
    const atoms = new Matrix([
      [Math.cos(angle), Math.sin(angle)],
      [-Math.sin(angle), Math.cos(angle)],
    ]);
    const rows = new Matrix([
      [1, 0.2],
      [-0.1, 0.05],
    ]);
    const codes = sparseCodes(atoms, rows, LAMBDA);
    rows
      .mmul(atoms.transpose())
      .to2DArray()
      .forEach((products, row) =>
        products.forEach((product, k) => {
          const expected = Math.sign(product) * Math.max(Math.abs(product) - LAMBDA / 2, 0);
          expect(codes.get(row, k)).toBeCloseTo(expected, 12);
        }),
      );
  });

  it('keep the conditions of a minimum for any atoms', () => {
    const rows = centredDigits().subMatrix(0, 19, 0, 63);
    const atoms = centredDigits().subMatrix(100, 123, 0, 63);
    const codes = sparseCodes(atoms, rows, LAMBDA);
    const slopes = Matrix.sub(rows, codes.mmul(atoms)).mmul(atoms.transpose()).mul(2);
    let used = 0;
    for (let row = 0; row < codes.rows; row++) {
      for (let k = 0; k < codes.columns; k++) {
        const code = codes.get(row, k);
        if (code === 0) expect(Math.abs(slopes.get(row, k))).toBeLessThan(LAMBDA + 1e-6);
        else {
          used++;
          expect(slopes.get(row, k)).toBeCloseTo(LAMBDA * Math.sign(code), 5);
        }
      }
    }
    expect(used).toBeGreaterThan(codes.rows);
  });
});

describe('the objective', () => {
  it('is squared error and λ times the absolute codes, per row', () => {
    const coding = { atoms: new Matrix([[1, 0]]), codes: new Matrix([[2], [-1]]) };
    const rows = new Matrix([
      [1, 1],
      [0, 0],
    ]);
    // (1 + 1 + 2λ) and (1 + λ).
    expect(sparseObjective(coding, rows, 0.1)).toBeCloseTo((2 + 0.2 + 1 + 0.1) / 2, 12);
  });

  it('of a learned dictionary comes within a percent of scikit-learn’s', () => {
    const rows = centredDigits();
    const coding = learnDictionary(rows, 32, LAMBDA);
    for (let k = 0; k < 32; k++) {
      expect(coding.atoms.getRowVector(k).norm('frobenius')).toBeLessThan(1 + 1e-9);
    }
    // dictionary.py, scikit-learn 1.2.1.
    expect(sparseObjective(coding, rows, LAMBDA) / 1.912469).toBeCloseTo(1, 2);
  });
});
