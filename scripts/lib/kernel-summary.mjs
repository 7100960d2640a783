/** @typedef {{ dispatches: number, buffers: number, bytes: number }} Numbers of a compiled template */

/** @type {readonly (keyof Numbers)[]} */
const COLUMNS = ['dispatches', 'buffers', 'bytes'];

/**
 * A table of what each template costs, before → after, with a line below that counts the changes.
 *
 * @param {Record<string, Numbers>} before by slug
 * @param {Record<string, Numbers>} after by slug
 * @param {{ revision: string, differing: number }} told what `before` is of, and how many templates have kernels that
 *   differ in any way
 */
export function summarizeKernels(before, after, { revision, differing }) {
  const slugs = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const rows = slugs.map((slug) => [
    slug,
    ...COLUMNS.map((column) => change(before[slug]?.[column], after[slug]?.[column])),
  ]);
  const changed = rows.filter((row) => row.some((cell) => cell.includes('→'))).length;
  const heading = ['template', ...COLUMNS];
  return [
    ...aligned([heading, ...rows]),
    `${revision} → working tree: of ${slugs.length} templates the kernels of ${differing} differ, the numbers of ${changed}`,
  ].join('\n');
}

/**
 * @param {number | undefined} before
 * @param {number | undefined} after
 */
function change(before, after) {
  if (before === after) return String(after);
  const told = `${before ?? '–'} → ${after ?? '–'}`;
  if (before === undefined || after === undefined || before === 0) return told;
  const percent = (100 * (after - before)) / before;
  return `${told} (${percent > 0 ? '+' : ''}${percent.toFixed(Math.abs(percent) < 10 ? 1 : 0)} %)`;
}

/** @param {readonly (readonly string[])[]} rows */
function aligned(rows) {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
