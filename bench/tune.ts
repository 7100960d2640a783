import { readFileSync, writeFileSync } from 'node:fs';
import { TILE_TIMES, type TileTime } from '../src/codegen/wgsl/kernels/tileTimes';
import { openPage } from './openPage';
import { table } from './table';
import { withTimes } from './tileTable';

/**
 * Times the tiles of products on this machine and writes them into the table by which the compiler chooses. A tile is
 * added by giving it a line there, with any time.
 */

const FILE = new URL('../src/codegen/wgsl/kernels/tileTimes.ts', import.meta.url);
const gpu = process.argv.includes('--gpu');

const { page, machine, close } = await openPage(gpu);
try {
  await page.evaluate((name) => basinBench.open(name), 'basin-webgpu' as const);
  const times = await page.evaluate((name) => basinBench.timeTiles(name), 'basin-webgpu' as const);
  console.log(machine);
  console.log(
    table(
      ['threads', 'tile', 'ns before', 'ns now', 'GFLOP/s now'],
      times.map((tile) => [
        tile.lanes === 1 ? 'alone' : 'in quads',
        `${tile.rows}×${tile.columns}`,
        String(before(tile)),
        tile.time.toFixed(1),
        ((2 * tile.rows * tile.columns) / tile.time).toFixed(1),
      ]),
    ),
  );
  writeFileSync(FILE, withTimes(readFileSync(FILE, 'utf8'), times, machine));
} finally {
  await close();
}
process.exit();

function before({ lanes, rows, columns }: TileTime): number | string {
  const same = (tile: TileTime): boolean =>
    tile.lanes === lanes && tile.rows === rows && tile.columns === columns;
  return TILE_TIMES.find(same)?.time ?? '–';
}
