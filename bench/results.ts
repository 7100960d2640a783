import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type as systemName } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../scripts/lib/project.mjs';

const FILE = join(ROOT, 'bench/RESULTS.md');

export type SectionName = 'side by side' | 'searches' | 'gpu' | 'scaling';

const TITLES: Readonly<Record<SectionName, string>> = {
  'side by side': '## Side by side',
  searches: '## Side by side: steps with a search',
  gpu: '## Side by side: on a GPU',
  scaling: '## Scaling of basin-webgpu',
};

const HEAD = `# Results of the benchmark

Written by \`npm run bench\` and \`npm run bench -- --scaling\`, which say how (README.md, next to this). Ratios hold for
the machine and the adapter that each section names; on a software adapter they say nothing of a GPU.
`;

/** What the numbers were measured on: one line. The load is that before the run: over about 0.5, something else ran too. */
export function machineLine(adapter: string, browserVersion: string): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    new Date().toISOString().slice(0, 10),
    `${cpu?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores, ${memory} GB`,
    `${systemName()} ${release().split('-')[0]}`,
    `Chromium ${browserVersion}`,
    `WebGPU adapter: ${adapter || 'none'}`,
    `load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  ].join(' · ');
}

/** Puts a section into the results, in the place of the one of that name. */
export function writeResults(name: SectionName, machine: string, body: string): void {
  const old = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  writeFileSync(FILE, withSection(old, name, `${machine}\n\n${body}`));
}

/** `old` with one section replaced or added, the sections in their order. */
export function withSection(old: string, name: SectionName, text: string): string {
  const sections = Object.entries(TITLES).flatMap(([key, title]) => {
    const body = key === name ? text.trim() : sectionOf(old, title);
    return body === null ? [] : [`${title}\n\n${body}\n`];
  });
  return [HEAD, ...sections].join('\n');
}

function sectionOf(text: string, title: string): string | null {
  const start = text.indexOf(`${title}\n`);
  if (start < 0) return null;
  const rest = text.slice(start + title.length);
  const end = rest.indexOf('\n## ');
  return (end < 0 ? rest : rest.slice(0, end)).trim();
}
