import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { z } from 'zod';
import type { Diagnostic } from '../core/diagnostic';
import { formatBytes } from '../core/formatNumber';
import { failure, success, type Result } from '../core/result';
import { list, text } from '../core/schemas';
import { isJsonObject } from '../document/json';
import { parseJson } from '../document/parseJson';
import { readDocument } from '../document/read';
import { readSafetensors, writeSafetensors, type NamedTensor } from '../interop/safetensors';
import type { ProbeReport } from '../probing/report';
import { VERDICT_ORDER } from '../probing/verdicts/verdicts';
import { MetricHistory, type Column } from './metricHistory';
import type { RunRecord } from './runRecord';
import { sweepSchema, type SweepDefinition } from './sweepDefinition';

type StateArrays = ReadonlyMap<string, Float32Array | Int32Array | Float64Array>;

/** A run with all that is kept of it. */
export interface WholeRun {
  readonly record: RunRecord;
  readonly history: MetricHistory;
  readonly reports: readonly ProbeReport[];
  /** The state at the record's checkpoint. */
  readonly state: StateArrays | null;
}

/** What a file of runs holds. */
export interface RunFile {
  readonly runs: readonly WholeRun[];
  /** The sweeps that some of them belong to. */
  readonly sweeps: readonly SweepDefinition[];
}

const FORMAT = 'basin-runs';
const VERSION = 1;
const MANIFEST = 'basin-runs.json';
/** Of all entries together, unpacked. */
const MOST_BYTES = 1e9;

const label = text({ max: 500 });
const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** JSON has no notation for these. */
const SPECIAL = ['NaN', 'Infinity', '-Infinity'] as const;
const number = z.union([z.number(), z.enum(SPECIAL).transform(Number)]);
const numbers = z.array(number);

const recordSchema = z.object({
  id: text({ min: 1, max: 100 }),
  name: label,
  tags: list(text({ max: 100 }), { max: 100 }),
  starred: z.boolean(),
  created: z.number(),
  updated: z.number(),
  status: z.enum(['running', 'paused', 'done', 'stopped', 'failed']),
  group: text({ max: 100 }),
  engine: z.object({ name: label, badge: label, backend: label, description: label }).nullable(),
  step: whole,
  totalSteps: whole,
  trainedFrom: whole,
  reproducible: z.boolean(),
  series: list(
    z.object({
      name: label,
      label,
      role: z.enum(['total', 'term', 'part', 'gradient', 'rate']),
      nodeId: label.nullable(),
      category: z.custom<RunRecord['series'][number]['category']>(
        (value) => value === null || typeof value === 'string',
      ),
    }),
    { max: 10_000 },
  ),
  curve: z.object({
    names: list(label, { max: 10_000 }),
    firstStep: whole,
    stride: whole.min(1),
    length: whole.max(65_536),
    inLast: whole,
    last: numbers,
  }),
  judgement: z
    .object({
      step: whole,
      verdict: z.enum(VERDICT_ORDER),
      reason: text({ max: 20_000 }),
    })
    .nullable(),
  numbers: z.record(label, number),
  checkpoint: z.object({ step: whole, bytes: whole, isWhole: z.boolean() }).nullable(),
  parent: z
    .object({ id: label, step: whole, kept: text({ max: 20_000 }).exactOptional() })
    .nullable(),
  trial: z.object({ sweepId: label, trial: whole }).nullable(),
  fault: text({ max: 20_000 }).nullable(),
});

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  runs: list(recordSchema, { max: 100_000 }),
  sweeps: list(sweepSchema, { max: 10_000 }),
});

const curvesSchema = z.object({ mean: numbers, low: numbers.nullable(), high: numbers.nullable() });
const reportsSchema = z
  .array(z.object({ step: whole, verdict: z.string(), reason: z.string() }).loose())
  // Checked as far as anything here reads them.
  .transform((reports) => revived(reports) as readonly ProbeReport[]);

function revived(value: unknown): unknown {
  if (typeof value === 'string')
    return SPECIAL.some((name) => name === value) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(revived);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revived(inner)]));
}

/**
 * Runs as one zip file: `basin-runs.json` with what is known of each and of their sweeps, and for each a folder with its `document.json`,
 * `curves.json`, `reports.json` and, where its state was kept, `weights.safetensors`.
 */
export function writeRunFile({ runs, sweeps }: RunFile): Uint8Array<ArrayBuffer> {
  const entries: Zippable = {};
  const add = (path: string, value: unknown): void => {
    entries[path] = strToU8(jsonText(value));
  };
  const records = runs.map(({ record, history, reports, state }, index) => {
    const { document, ordinal: _, ...rest } = record;
    const folder = folderOf(index);
    const columns = history.names.flatMap((name) => history.column(name) ?? []);
    const together = (part: keyof Column): number[] =>
      columns.flatMap((column) => [...column[part]]);
    const isExact = history.stride === 1;
    add(`${folder}/document.json`, document);
    add(`${folder}/reports.json`, reports);
    add(`${folder}/curves.json`, {
      mean: together('mean'),
      low: isExact ? null : together('low'),
      high: isExact ? null : together('high'),
    });
    if (state !== null && record.checkpoint !== null) {
      entries[`${folder}/weights.safetensors`] = [weightsBytes(state, record), { level: 0 }];
    }
    const checkpoint = state === null ? null : record.checkpoint;
    return { ...rest, checkpoint, curve: history.head };
  });
  add(MANIFEST, { format: FORMAT, version: VERSION, runs: records, sweeps });
  return zipSync(entries, { level: 6 });
}

const folderOf = (index: number): string => `runs/${String(index + 1).padStart(4, '0')}`;

function weightsBytes(state: StateArrays, { document, checkpoint }: RunRecord): Uint8Array {
  const tensors = [...state].map(([name, values]): NamedTensor => {
    const kept = values instanceof Float64Array ? Float32Array.from(values) : values;
    return { name, shape: [values.length], values: kept };
  });
  return writeSafetensors(tensors, {
    format: 'basin-state-1',
    step: String(checkpoint?.step ?? 0),
    seed: String(document.training.seed),
  });
}

function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'number' && !Number.isFinite(inner) ? String(inner) : inner,
  );
}

/**
 * Reads a file that `writeRunFile` wrote, or says what is wrong with it: `runs.not-readable`. A run whose parts are damaged is left
 * out with a warning that names it. `what` begins the messages.
 */
export function readRunFile(bytes: Uint8Array, what: string): Result<RunFile> {
  const entries = unzipWithin(bytes, what);
  if (!entries.ok) return entries;
  const manifest = entries.value.get(MANIFEST);
  if (manifest === undefined) {
    return refuse(`${what} is a zip file, but holds no runs: there is no “${MANIFEST}” in it.`);
  }
  const json = parseJson(strFromU8(manifest), `“${MANIFEST}” in ${what}`);
  if (!json.ok) return refuse(json.diagnostics[0]?.message ?? `${what} is damaged.`);
  const newer = versionOf(json.value);
  if (newer > VERSION) {
    return refuse(
      `${what} was written by a newer Basin: its format is version ${newer}, and this Basin reads up to version ${VERSION}.`,
    );
  }
  const checked = manifestSchema.safeParse(json.value);
  if (!checked.success) return refuse(`“${MANIFEST}” in ${what}: ${issueText(checked.error)}.`);
  const warnings: Diagnostic[] = [];
  const runs = checked.data.runs.flatMap((record, index): WholeRun[] => {
    const read = readRun(record, folderOf(index), entries.value);
    warnings.push(
      ...read.diagnostics.map((found): Diagnostic => {
        const message = `The run “${record.name}” in ${what}: ${found.message}`;
        return { code: 'runs.not-readable', severity: 'warning', message };
      }),
    );
    return read.ok ? [read.value] : [];
  });
  const sweeps = checked.data.sweeps.flatMap((sweep): SweepDefinition[] => {
    const document = readDocument(sweep.document);
    return document.ok ? [{ ...sweep, document: document.value }] : [];
  });
  return success({ runs, sweeps }, warnings);
}

function versionOf(json: unknown): number {
  const version = isJsonObject(json) ? json['version'] : 0;
  return typeof version === 'number' ? version : 0;
}

function unzipWithin(bytes: Uint8Array, what: string): Result<ReadonlyMap<string, Uint8Array>> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    return refuse(`${what} is no zip file. Basin reads runs from files that Export has saved.`);
  }
  let total = 0;
  try {
    const unzipped = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        return total <= MOST_BYTES;
      },
    });
    if (total > MOST_BYTES) {
      return refuse(`${what} would unpack to more than ${formatBytes(MOST_BYTES)}.`);
    }
    return success(new Map(Object.entries(unzipped)));
  } catch (error) {
    const reason = error instanceof Error ? ` (${error.message})` : '';
    return refuse(`${what} is a damaged zip file${reason}.`);
  }
}

function readRun(
  record: z.infer<typeof recordSchema>,
  folder: string,
  entries: ReadonlyMap<string, Uint8Array>,
): Result<WholeRun> {
  const part = <T>(name: string, schema: z.ZodType<T>): Result<T> => {
    const bytes = entries.get(`${folder}/${name}`);
    if (bytes === undefined) return refuse(`“${folder}/${name}” is missing.`);
    const json = parseJson(strFromU8(bytes), `“${folder}/${name}”`);
    if (!json.ok) return json;
    const checked = schema.safeParse(json.value);
    if (checked.success) return success(checked.data);
    return refuse(`“${folder}/${name}”: ${issueText(checked.error)}.`);
  };
  const raw = part('document.json', z.unknown());
  if (!raw.ok) return raw;
  const document = readDocument(raw.value, 'its document');
  if (!document.ok) return document;
  const curves = part('curves.json', curvesSchema);
  if (!curves.ok) return curves;
  const history = new MetricHistory();
  if (!fill(history, record.curve, curves.value)) {
    return refuse(`“${folder}/curves.json” has another number of values than the run has steps.`);
  }
  const reports = part('reports.json', reportsSchema);
  if (!reports.ok) return reports;
  const weights = entries.get(`${folder}/weights.safetensors`);
  const file = weights === undefined ? null : readSafetensors(weights);
  if (file?.ok === false) return file;
  const state =
    file === null
      ? null
      : new Map([...file.value.tensors].map(([name, { values }]) => [name, values]));
  const checkpoint = state === null ? null : record.checkpoint;
  // A run that is not recorded any more is not running.
  const status = record.status === 'running' ? 'stopped' : record.status;
  return success({
    record: { ...record, ordinal: 0, status, checkpoint, document: document.value },
    history,
    reports: reports.value,
    state: state !== null && checkpoint !== null ? state : null,
  });
}

function fill(
  history: MetricHistory,
  head: RunRecord['curve'],
  { mean, low, high }: z.infer<typeof curvesSchema>,
): boolean {
  const count = head.names.length * head.length;
  if (mean.length !== count || head.last.length !== head.names.length) return false;
  if ([low, high].some((values) => values !== null && values.length !== count)) return false;
  const columns = head.names.map((_, index): Column => {
    const part = (values: readonly number[]): Float64Array =>
      Float64Array.from(values.slice(index * head.length, (index + 1) * head.length));
    return { mean: part(mean), low: part(low ?? mean), high: part(high ?? mean) };
  });
  if (head.length > 0) history.restore(head, columns);
  return true;
}

function issueText({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue === undefined) return 'not as it should be';
  const place = issue.path.join('.');
  return place === '' ? issue.message : `${place}: ${issue.message}`;
}

function refuse<T>(message: string): Result<T> {
  return failure<T>({ code: 'runs.not-readable', severity: 'error', message });
}
