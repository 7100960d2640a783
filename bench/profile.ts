import type { Page } from '@playwright/test';
import { short, table } from './table';
import type { Workload } from './workloads/workload';

/** Prints the kernels of Basin's plan with the time that each takes by itself, the longest first. */
export async function printProfile(page: Page, workload: Workload): Promise<void> {
  await page.evaluate((name) => basinBench.open(name), 'basin-webgpu' as const);
  const kernels = await page.evaluate((w) => basinBench.profile('basin-webgpu', w), workload);
  await page.evaluate((name) => basinBench.close(name), 'basin-webgpu' as const);
  const timed = kernels
    .map((kernel) => ({ ...kernel, total: kernel.microseconds * kernel.count }))
    .sort((a, b) => b.total - a.total);
  const sum = timed.reduce((all, { total }) => all + total, 0);
  console.log(`\n${workload.name}: ${workload.title}`);
  console.log(`${kernels.length} kernels, ${short(sum / 1000)} ms when timed one by one`);
  console.log(
    table(
      ['µs', 'share', 'GFLOP/s', 'GB/s', 'groups', 'times', 'kernel'],
      timed.map(({ name, total, microseconds, flops, bytes, workgroups, count }) => [
        short(total),
        `${((100 * total) / sum).toFixed(1)}%`,
        flops > 0 ? short(flops / microseconds / 1000) : '–',
        short(bytes / microseconds / 1000),
        String(workgroups),
        String(count),
        name.length > 110 ? `${name.slice(0, 107)}...` : name,
      ]),
    ),
  );
}
