import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { main } from '../../cli/main';
import { EditorProvider } from '../../editor/store/useEditor';
import { testStore } from '../../editor/testSupport';
import { katex } from '../../editor/ui/katex';
import type { ProbeReport } from '../../probing/report';
import { representationReport } from '../../probing/representationReport';
import { REPRESENTATION_EVIDENCE, REPRESENTATION_STATISTICS } from '../../probing/statistics';
import type { RepresentationStatistic } from '../../probing/statistics/measuredRepresentation';
import { createRunStore, type RunActions } from '../run/runStore';
import { RunProvider } from '../run/useRun';
import { PartDetails } from './details/PartDetails';
import { reportCharts } from './reportSeries';
import { reportCsv } from './reportCsv';
import { ReportTable } from './ReportTable';

// What a file of its own under statistics/ would be, and its line in the table: nothing else knows of it.
vi.mock('../../probing/statistics', async (original) => {
  const tables: object = await original();
  const largest: RepresentationStatistic = {
    title: 'Largest value',
    heading: 'Largest',
    symbol: 'm',
    formula: String.raw`\max_{nd} z_{nd}`,
    source: 'Nobody',
    reads: 'held-out rows',
    unit: 'that of the representation',
    help: 'The largest of all values.',
    healthy: 'Anything is healthy.',
    table: 'column',
    detail: true,
    textColumn: 'max',
    chart: { title: 'Largest value', hint: 'Over the run.' },
    compute: ({ matrix }) =>
      matrix.values.reduce((most, value) => Math.max(most, value), -Infinity),
  };
  const known = 'REPRESENTATION_STATISTICS' in tables ? tables.REPRESENTATION_STATISTICS : {};
  return { ...tables, REPRESENTATION_STATISTICS: { ...(known as object), largest } };
});

const values = Float64Array.from({ length: 4 * 20 }, (_, i) => Math.sin(i * i));
values[7] = 12.5;

const PORT = {
  key: 'encoder.out' as const,
  nodeId: 'encoder',
  port: 'out',
  label: 'Encoder',
  rows: 20,
  dim: 4,
  space: 'embedding' as const,
  views: [],
};

const rep = representationReport(PORT, values, {
  steps: 500,
  initialStd: null,
  comparesDirections: false,
  isCompared: true,
});
const report: ProbeReport = {
  step: 500,
  reps: { 'encoder.out': { nodeId: 'encoder', port: 'out', ...rep } },
  energies: {},
  inference: {},
  latents: {},
  verdict: rep.verdict,
  reason: rep.reason,
  loss: 1,
  terms: {},
};

describe('a statistic that is added to the table', () => {
  it('is computed for the report', () => {
    expect(rep).toMatchObject({ largest: 12.5 });
  });

  it('has a column on the page, with its explanation', () => {
    const page = renderToStaticMarkup(
      <EditorProvider store={testStore()}>
        <RunProvider store={createRunStore()} actions={{} as RunActions}>
          <ReportTable
            heading="Representation"
            statistics={REPRESENTATION_STATISTICS}
            evidence={REPRESENTATION_EVIDENCE}
            reports={report.reps}
            extents={report.reps}
            role="module"
          />
        </RunProvider>
      </EditorProvider>,
    );
    expect(page).toContain('Largest');
    expect(page).toContain('The largest of all values.\nAnything is healthy.');
    expect(page).toContain('12.500');
  });

  it('is among the details of its node, with its formula', async () => {
    await katex.ask();
    const page = renderToStaticMarkup(
      <PartDetails
        label="Encoder"
        report={rep}
        history={[rep]}
        statistics={REPRESENTATION_STATISTICS}
        evidence={{ spectrum: REPRESENTATION_EVIDENCE.spectrum }}
        extent={rep}
      />,
    );
    expect(page).toContain('Largest value');
    expect(page).toContain(String.raw`\max_{nd} z_{nd}`);
    expect(page).toContain('Reads held-out rows.');
    expect(page).toContain('Spectrum: Encoder');
  });

  it('has a chart', () => {
    const chart = reportCharts([report]).find(({ title }) => title === 'Largest value');
    expect(chart?.curves).toMatchObject([{ label: 'Encoder', points: [12.5] }]);
  });

  it('has a column in the CSV file', () => {
    const [head = '', row = ''] = reportCsv([report]).split('\r\n');
    const column = head.split(',').indexOf('Encoder (encoder.out) largest');
    expect(row.split(',')[column]).toBe('12.5');
  });

  it('is in what the command line prints', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'basin-statistic-'));
    const weights = join(folder, 'weights.safetensors');
    const train = 'train parabola --steps 2 --engine tfjs --json --weights'.split(' ');
    await run([...train, weights]);
    const probe = ['probe', 'parabola', '--weights', weights];
    const [json = ''] = await run([...probe, '--json']);
    expect(JSON.parse(json)).toMatchObject({
      reps: { 'predictor.out': { largest: expect.any(Number) as number } },
    });
    const [text = ''] = await run(probe);
    expect(text.split('\n')[0]?.split(/ {2,}/)).toContain('max');
    await rm(folder, { recursive: true });
  });
});

async function run(argv: readonly string[]): Promise<string[]> {
  const out: string[] = [];
  const code = await main(argv, {
    out: (line) => out.push(line),
    err: () => undefined,
    stdin: () => Promise.resolve(''),
  });
  expect(code).toBe(0);
  return out;
}
