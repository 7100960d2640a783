import { z } from 'zod';
import type { Diagnostic } from '../../core/diagnostic';
import { failure, success, type Result } from '../../core/result';
import { list, text } from '../../core/schemas';
import { parseJson } from '../../document/parseJson';
import { readDocument } from '../../document/read';
import type { Registry } from '../../graph/registry';
import { MetricHistory } from '../../runs/metricHistory';
import type { RunFile, WholeRun } from '../../runs/runFile';
import { sweepSchema, type SweepDefinition } from '../../runs/sweepDefinition';
import { unfinishedTrial } from '../trialRun';
import { trialAt, trialDocument } from '../trials';
import { runGroup } from '../../runs/runGroup';

const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const headSchema = z.object({ format: z.literal('basin-trials'), sweep: sweepSchema });
const trialSchema = z.object({
  /** From 1. */
  trial: whole.min(1),
  created: whole,
  step: whole,
  loss: z.number().nullable(),
  curve: list(z.tuple([whole.min(1), z.number()]), { max: 65_536 }),
  engine: text({ max: 100 }),
  backend: text({ max: 100 }),
  diverged: z.boolean(),
});

/**
 * Reads the lines that `sweep.py` writes: the sweep, then a finished trial a line. What cannot be read of it is told by its line, and
 * the rest is kept: a worker may have been ended in the middle of one.
 */
export function readTrialLines(content: string, what: string, registry: Registry): Result<RunFile> {
  const lines = content.split('\n');
  const head = readHead(lines[0] ?? '', what);
  if (!head.ok) return head;
  const sweep = head.value;
  const runs: WholeRun[] = [];
  const warnings: Diagnostic[] = [];
  lines.slice(1).forEach((line, index) => {
    if (line.trim() === '') return;
    const run = readTrial(line, sweep, registry);
    if (typeof run !== 'string') runs.push(run);
    else warnings.push(unreadable('warning', `Line ${index + 2} of ${what} was left out: ${run}.`));
  });
  return success({ runs, sweeps: [sweep] }, warnings);
}

function readHead(line: string, what: string): Result<SweepDefinition> {
  const json = parseJson(line, what);
  const head = json.ok ? headSchema.safeParse(json.value) : null;
  const document = head?.success ? readDocument(head.data.sweep.document) : null;
  if (!head?.success || !document?.ok) {
    return failure(unreadable('error', `${what} has no runs: it is no zip file, and does not begin with a sweep of PyTorch scripts.`)); // prettier-ignore
  }
  return success({ ...head.data.sweep, document: document.value });
}

/** A run, or why there is none. */
function readTrial(line: string, sweep: SweepDefinition, registry: Registry): WholeRun | string {
  const json = parseJson(line, 'it');
  const read = json.ok ? trialSchema.safeParse(json.value) : null;
  if (!read?.success) return 'it is no finished trial';
  const { created, step, curve, engine, backend, diverged } = read.data;
  const trial = trialAt(sweep, read.data.trial - 1);
  const document = trialDocument(sweep, trial, registry);
  if (!document.ok) return 'its values do not fit the graph';
  const history = new MetricHistory();
  let last = 0;
  for (const [at, loss] of curve) {
    if (at <= last) return 'its curve goes back';
    // A number that was printed stands for the steps since the one before.
    const rows = at - last;
    history.append({
      names: ['loss'],
      firstStep: last,
      rows,
      values: new Float64Array(rows).fill(loss),
    });
    last = at;
  }
  const description = `PyTorch, ${backend}`;
  return {
    record: {
      ...unfinishedTrial(sweep, trial, document.value, created),
      status: diverged ? 'failed' : 'done',
      engine: { name: engine, badge: 'PyTorch', backend, description },
      group: runGroup(document.value, engine),
      step,
      series: [{ name: 'loss', label: 'Total', role: 'total', nodeId: null, category: null }],
      curve: history.head,
      fault: diverged ? `The loss was not finite after step ${step}.` : null,
    },
    history,
    reports: [],
    state: null,
  };
}

function unreadable(severity: 'warning' | 'error', message: string): Diagnostic {
  return { code: 'runs.not-readable', severity, message };
}
