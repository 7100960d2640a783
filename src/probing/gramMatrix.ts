import type { RowMatrix } from './rowMatrix';

/** XᵀX, `columns` rows of `columns` numbers. */
export function gramMatrix({ rows, columns, values }: RowMatrix): Float64Array[] {
  const gram = Array.from({ length: columns }, () => new Float64Array(columns));
  for (let row = 0; row < rows; row++) {
    const sample = values.subarray(row * columns, (row + 1) * columns);
    gram.forEach((line, i) => addScaled(line, sample, sample[i] ?? 0, i));
  }
  gram.forEach((line, i) => {
    for (let j = 0; j < i; j++) line[j] = gram[j]?.[i] ?? 0;
  });
  return gram;
}

/** XᵀX or XXᵀ, whichever is smaller. */
export function smallerGram(matrix: RowMatrix): Float64Array[] {
  return gramMatrix(matrix.rows >= matrix.columns ? matrix : transposed(matrix));
}

/** line + factor · sample, from one place on. Small, so that it is compiled by itself. */
function addScaled(line: Float64Array, sample: Float64Array, factor: number, from: number): void {
  for (let j = from; j < line.length; j++) {
    line[j] = (line[j] ?? 0) + factor * (sample[j] ?? 0);
  }
}

function transposed({ rows, columns, values }: RowMatrix): RowMatrix {
  const flipped = values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)] ?? 0);
  return { rows: columns, columns: rows, values: flipped };
}
