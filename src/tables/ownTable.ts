import { z } from 'zod';
import type { Diagnostic } from '../core/diagnostic';
import { failure, success, type Result } from '../core/result';
import { list, text } from '../core/schemas';
import { chosenFacts, MOST_AXES, unfit, type ColumnChoice } from './columnChoice';
import { columnRanges, parseColumnRanges } from './columnRanges';
import { DECIMALS, DELIMITERS, ENCODINGS, QUOTES } from './dialect';
import { TABLE_FORMATS, type Reading } from './reading';
import type { Table } from './table';

const hash = text({ min: 64, max: 64 }).regex(/^[0-9a-f]{64}$/, 'SHA-256 in hexadecimal');
const ranges = text({ max: 10_000 }).refine((value) => parseColumnRanges(value) !== null, {
  error: 'numbers of columns, such as 1-3,5',
});
const extent = z
  .number()
  .int()
  .min(1)
  .max(2 ** 25);
const shape = list(extent, { max: MOST_AXES });
const rows = z
  .number()
  .int()
  .min(0)
  .max(2 ** 28);

/** Columns that are one value together: which, and the shape of a row. */
const valueSchema = z.object({ columns: ranges, shape });

/**
 * What a document says of a table that somebody brought: its name, the hash of its canonical bytes (`encodeTable`),
 * how the file was read, and which of its columns are what. The numbers themselves stay out.
 */
export const ownTableSchema = z.object({
  hash,
  name: text({ max: 200 }),
  reading: z.object({
    format: z.enum(TABLE_FORMATS),
    dialect: z
      .object({
        encoding: z.enum(ENCODINGS),
        delimiter: z.enum(DELIMITERS),
        quote: z.enum(QUOTES),
        decimal: z.enum(DECIMALS),
        header: z.boolean(),
        text: ranges,
      })
      .nullable(),
  }),
  /** Rows without missing cells among the chosen ones, and rows once missing numbers are replaced. */
  rows: z.object({ complete: rows, mended: rows }),
  x: valueSchema.nullable(),
  y: valueSchema.nullable(),
  label: z.object({ column: z.number().int().min(1).max(100_000), classes: extent }).nullable(),
});

export type OwnTable = z.infer<typeof ownTableSchema>;

/** What a document says of a table, given what its columns are chosen for. Fails on columns that cannot be that. */
export function describeTable(
  table: Table,
  origin: { readonly hash: string; readonly name: string; readonly reading: Reading },
  choice: ColumnChoice,
): Result<OwnTable> {
  const problems = [...problemsOf(table, choice)];
  if (choice.x.length + choice.y.length === 0) problems.push('No column is chosen as a value.');
  if (problems.length > 0) {
    return failure(...problems.map((message): Diagnostic => ({ ...UNFIT, message })));
  }
  const { xShape, yShape, classes, complete, mended } = chosenFacts(table, choice);
  const group = (columns: readonly number[], of: readonly number[] | null): OwnTable['x'] =>
    of && { columns: columnRanges(columns), shape: [...of] };
  return success({
    ...origin,
    name: origin.name.slice(-200),
    rows: { complete, mended },
    x: group(choice.x, xShape),
    y: group(choice.y, yShape),
    label: choice.label === null || classes === null ? null : { column: choice.label + 1, classes },
  });
}

const UNFIT = { code: 'data.unfit', severity: 'error' } as const;

function problemsOf(table: Table, { x, y, label }: ColumnChoice): string[] {
  const missing = 'The table has not so many columns.';
  const check = (index: number, use: 'value' | 'label'): string[] => {
    const column = table.columns[index];
    return column ? [unfit(column, use) ?? []].flat() : [missing];
  };
  const found = [...x, ...y].flatMap((index) => check(index, 'value'));
  return [...new Set([...found, ...(label === null ? [] : check(label, 'label'))])];
}

/** The choice that a document has made. */
export function choiceOf({ x, y, label }: Pick<OwnTable, 'x' | 'y' | 'label'>): ColumnChoice {
  return {
    x: parseColumnRanges(x?.columns ?? '') ?? [],
    y: parseColumnRanges(y?.columns ?? '') ?? [],
    label: label === null ? null : label.column - 1,
  };
}
