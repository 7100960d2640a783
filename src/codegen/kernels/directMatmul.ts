import { defined } from '../../core/invariant';
import type { Value } from '../../ir/types';
import type { KernelWriter } from '../kernelWriter';
import type { Ref } from '../plan';
import { matmulShape, type MatmulShape } from './matmul';

/** Results a thread makes: rows, and vectors of four columns. */
const ROWS = 8;
const VECTORS = 2;
const COLUMNS = VECTORS * 4;
const GROUP = 64;

/** What `writeDirectMatmul` reads its extents from, as i32: rows, inner, columns, threads down and across, all. */
export function directMatmulExtents({ batch, rows, inner, columns }: MatmulShape): number[] {
  const down = Math.ceil(rows / ROWS);
  const across = Math.ceil(columns / COLUMNS);
  return [rows, inner, columns, down, across, batch * down * across];
}

/**
 * The product without workgroup memory: each thread makes 8×8 results, reading its rows and columns straight
 * from memory. For software adapters, where memory is cached and barriers are expensive. They also take long to
 * compile such a kernel, so the extents come from memory, and one serves all products of a transposition.
 */
export function writeDirectMatmul(
  w: KernelWriter,
  value: Value<'dot'>,
  extents: Ref,
  target: Ref,
): void {
  const shape = matmulShape(value);
  const left = defined(value.operands[0], 'left operand');
  const right = defined(value.operands[1], 'right operand');
  const numbers = directMatmulExtents(shape);

  w.gridWithoutGuard(defined(numbers.at(-1), 'threads'), GROUP);
  const names = ['rows', 'inner', 'columns', 'down', 'across', 'threads'] as const;
  names.forEach((name, n) => w.line(`let ${name} = u32(${w.load(extents, `${n}u`)});`));
  w.line('if (i >= threads) { return; }');
  w.line(`let column = (i % across) * ${COLUMNS}u;`);
  w.line(`let row = ((i / across) % down) * ${ROWS}u;`);
  w.line('let batch = i / (across * down);');
  // Beyond the edge the last row or column is read again; its results are not stored.
  const each = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
  const rowNames = each(ROWS).map((n) => w.let(`min(row + ${n}u, rows - 1u)`));
  const columnNames = each(COLUMNS).map((n) => w.let(`min(column + ${n}u, columns - 1u)`));
  const leftPlaces = rowNames.map((name) =>
    shape.transposeLeft
      ? w.let(`batch * inner * rows + ${name}`)
      : w.let(`(batch * rows + ${name}) * inner`),
  );
  const rightPlaces = columnNames.map((name) =>
    shape.transposeRight
      ? w.let(`(batch * columns + ${name}) * inner`)
      : w.let(`batch * inner * columns + ${name}`),
  );
  const sum = (r: number, v: number): string => `sum${r * VECTORS + v}`;
  for (const r of each(ROWS)) {
    for (const v of each(VECTORS)) w.line(`var ${sum(r, v)} = vec4<f32>();`);
  }
  w.block('for (var k = 0u; k < inner; k++)', () => {
    const leftStep = shape.transposeLeft ? w.let('k * rows') : 'k';
    const rightStep = shape.transposeRight ? 'k' : w.let('k * columns');
    const elements = rightPlaces.map((at) => w.emit(right, w.let(`${at} + ${rightStep}`)));
    const vectors = each(VECTORS).map((v) =>
      w.let(`vec4<f32>(${elements.slice(v * 4, v * 4 + 4).join(', ')})`),
    );
    leftPlaces.forEach((at, r) => {
      const a = w.emit(left, w.let(`${at} + ${leftStep}`));
      vectors.forEach((b, v) => w.line(`${sum(r, v)} += ${a} * ${b};`));
    });
  });
  for (const r of each(ROWS)) {
    w.block(`if (row + ${r}u < rows)`, () => {
      const start = w.let(`(batch * rows + row + ${r}u) * columns + column`);
      for (const c of each(COLUMNS)) {
        w.block(`if (column + ${c}u < columns)`, () =>
          w.store(target, w.let(`${start} + ${c}u`), `${sum(r, c >> 2)}[${c & 3}]`),
        );
      }
    });
  }
}
