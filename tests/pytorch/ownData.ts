import { RandomStream, randomKey } from '../../src/core/random';
import { keepOwnData } from '../../src/cli/assets';
import { sha256 } from '../../src/core/sha256';
import { encodeTable } from '../../src/tables/canonicalTable';
import { describeImages } from '../../src/tables/images/ownImages';
import { describeTable } from '../../src/tables/ownTable';
import type { NumberColumn, Table } from '../../src/tables/table';

const ROWS = 60;

/** A table that somebody brought, for as long as this process runs: what a node says of it. x has two columns, one with a gap. */
export async function broughtTable() {
  const random = new RandomStream(randomKey(1, 'table', 'brought'));
  const column = (name: string, gap: number): NumberColumn => ({
    ...{ kind: 'numbers', name, shape: [] },
    values: Float32Array.from({ length: ROWS }, (_, row) => (row === gap ? NaN : random.normal())),
  });
  const table: Table = { rows: ROWS, columns: [column('a', -1), column('b', 7), column('c', -1)] };
  const origin = {
    ...{ hash: await keep(table), name: 'brought.jsonl' },
    reading: { format: 'json-lines', dialect: null } as const,
  };
  const own = describeTable(table, origin, { x: [0, 1], y: [2], label: null });
  if (!own.ok) throw new Error('the table cannot be described');
  return own.value;
}

/** Pictures that somebody brought, as `broughtTable`. */
export async function broughtImages() {
  const random = new RandomStream(randomKey(1, 'images', 'brought'));
  const table: Table = {
    rows: ROWS,
    columns: [
      {
        ...{ kind: 'pixels', name: 'image', shape: [4, 4, 1] },
        values: Uint8Array.from({ length: 16 * ROWS }, () => random.integer(256)),
      },
    ],
  };
  return describeImages(table, await keep(table), 'brought.zip');
}

async function keep(table: Table): Promise<string> {
  const bytes = encodeTable(table);
  const hash = await sha256(bytes);
  keepOwnData(hash, bytes.buffer);
  return hash;
}
