import type { Page } from '@playwright/test';
import { measureWorkload } from './measure';
import { short, table } from './table';
import type { Workload } from './workloads/workload';

interface Series {
  readonly title: string;
  readonly axis: string;
  readonly points: readonly {
    readonly at: number;
    readonly widths: number[];
    readonly batch: number;
  }[];
}

const SERIES: readonly Series[] = [
  {
    title: 'Batch: MLP 64-128-128-10',
    axis: 'batch',
    points: [16, 64, 256, 1024, 4096].map((batch) => ({
      at: batch,
      batch,
      widths: [64, 128, 128, 10],
    })),
  },
  {
    title: 'Width: MLP 64-W-W-10, batch 128',
    axis: 'W',
    points: [32, 64, 128, 256, 512, 1024].map((w) => ({
      at: w,
      batch: 128,
      widths: [64, w, w, 10],
    })),
  },
  {
    // A linear layer and its activation are two nodes of the editor.
    title: 'Nodes: linear layers 16-16 and their activations in a row, two nodes each, batch 32',
    axis: 'nodes',
    points: [10, 30, 100, 300, 1000].map((nodes) => ({
      at: nodes,
      batch: 32,
      widths: [...new Array<number>(nodes / 2).fill(16), 10],
    })),
  },
];

const SECONDS = 0.8;

/** How a step's time and a compilation's depend on batch, width and number of nodes, as Markdown. */
export async function scalingReport(page: Page): Promise<string> {
  const backend = await page.evaluate((name) => basinBench.open(name), 'basin-webgpu' as const);
  const parts: string[] = [];
  for (const { title, axis, points } of SERIES) {
    const lines: string[][] = [];
    for (const { at, batch, widths } of points) {
      const workload: Workload = {
        name: `${axis} ${at}`,
        title,
        model: { kind: 'mlp', batch, widths },
        checkedSteps: 5,
        check: 'equal',
      };
      const engines = new Map([['basin-webgpu', backend]] as const);
      const [row] = await measureWorkload(page, workload, engines, {
        seconds: SECONDS,
        steps: null,
      });
      lines.push([
        String(at),
        short(row?.msPerStep),
        short(row?.compileMs),
        short(row?.jsMsPerStep),
        short(row?.dispatchesPerStep),
      ]);
    }
    const head = [axis, 'ms/step', 'compile ms', 'JS ms/step', 'dispatches'];
    parts.push(`### ${title}\n\n${table(head, lines)}`);
    console.log(`\n${parts.at(-1)}`);
  }
  return parts.join('\n\n');
}
