import type { Analysis } from '../compiler/analysis/analysis';
import { portKey, type PortKey, type PortReference } from '../compiler/graph/graph';
import { energiesAt } from '../compiler/programs/energyParts';
import type { Diagnostic } from '../core/diagnostic';
import { plural } from '../core/formatNumber';
import { failure, success, type Result } from '../core/result';
import { formatTensorType, sampleSize } from '../graph/ports';

/** Values of one port, a row for each point. */
export interface GivenRows {
  readonly key: PortKey;
  readonly port: PortReference;
  readonly rows: Float32Array;
}

export interface Points {
  readonly given: readonly GivenRows[];
  readonly count: number;
}

/** Rows may be nested as deeply as an image with time is, and a bit. */
const DEPTH = 6;

/**
 * Reads a file of points: `[[…], …]` for the one observed variable of a graph that has one, or
 * `{"NODE.PORT": [[…], …], …}` with as many rows for each port. A row may be nested as its shape is, and the row of a
 * single number may be that number.
 */
export function readPoints(text: string, analysis: Analysis): Result<Points> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failure({
      code: 'points.not-json',
      severity: 'error',
      message: `The file of points is not JSON: ${reason}.`,
    });
  }
  const named = namedRows(value, analysis);
  if (!named.ok) return named;
  const given: GivenRows[] = [];
  const counts = new Map<number, string>();
  for (const [key, { port, rows }] of named.value) {
    const numbers = readRows(key, port, rows, analysis);
    if (!numbers.ok) return numbers;
    given.push({ key, port, rows: numbers.value });
    counts.set(rows.length, `${key} has ${rows.length}`);
  }
  if (counts.size > 1) {
    const told = [...counts.values()].join(', ');
    return mismatch(
      `The ports have different numbers of rows: ${told}.`,
      'Give each port a row for each point.',
    );
  }
  return success({ given, count: [...counts.keys()][0] ?? 0 });
}

interface Named {
  readonly port: PortReference;
  readonly rows: readonly unknown[];
}

/** What stands for which port. */
function namedRows(value: unknown, analysis: Analysis): Result<Map<PortKey, Named>> {
  if (Array.isArray(value)) {
    const observed = observedPorts(analysis);
    const [only, ...more] = observed;
    if (only && more.length === 0) {
      return success(new Map([[portKey(only.nodeId, only.port), { port: only, rows: value }]]));
    }
    const names = observed.map(({ nodeId, port }) => `“${portKey(nodeId, port)}”`).join(', ');
    return mismatch(
      only
        ? `The energies are computed from several observed variables: ${names}. A plain list does not say which one it is.`
        : 'No energy is computed from an observed variable, so a plain list stands for none.',
      'Name the ports: {"NODE.PORT": [[…], …], …}.',
    );
  }
  if (typeof value !== 'object' || value === null) {
    return mismatch('The file of points is neither a list of points nor an object of such lists.');
  }
  const ports = tensorPorts(analysis);
  const named = new Map<PortKey, Named>();
  for (const [name, rows] of Object.entries(value)) {
    const key = name as PortKey;
    const port = ports.get(key);
    if (!port) {
      return mismatch(
        `The graph has no tensor port “${name}”.`,
        `Ports: ${[...ports.keys()].join(', ')}.`,
      );
    }
    if (!Array.isArray(rows)) return mismatch(`“${name}” is not a list of rows.`);
    named.set(key, { port, rows });
  }
  if (named.size === 0) return mismatch('The file of points names no port.');
  return success(named);
}

function readRows(
  key: PortKey,
  port: PortReference,
  rows: readonly unknown[],
  { types }: Analysis,
): Result<Float32Array> {
  const type = types.get(portKey(port.nodeId, port.port));
  const size = type ? sampleSize(type) : 0;
  const values = new Float32Array(rows.length * size);
  for (const [index, row] of rows.entries()) {
    const numbers: unknown[] = Array.isArray(row) ? row.flat(DEPTH) : [row];
    const place = `Row ${index + 1} of “${key}”`;
    const bad = numbers.find((number) => typeof number !== 'number');
    if (bad !== undefined) return mismatch(`${place} holds something that is not a number.`);
    if (numbers.length !== size) {
      const shape = type ? formatTensorType(type) : '';
      return mismatch(
        `${place} has ${plural(numbers.length, 'number')} where the port has ${size} (${shape}).`,
      );
    }
    values.set(numbers as number[], index * size);
    if (!values.subarray(index * size, (index + 1) * size).every(Number.isFinite)) {
      return mismatch(`${place} holds a number that is not finite in single precision.`);
    }
  }
  return success(values);
}

/** Ports of data nodes that an energy depends on. */
function observedPorts(analysis: Analysis): PortReference[] {
  return [...tensorPorts(analysis).values()].filter((port) => {
    const node = analysis.graph.byId.get(port.nodeId);
    return node?.definition.dataset && energiesAt(analysis.graph, [port]).length > 0;
  });
}

function tensorPorts({ graph }: Analysis): Map<PortKey, PortReference> {
  return new Map(
    graph.nodes.flatMap((node) =>
      node.ports.outputs
        .filter(({ type }) => type === 'tensor')
        .map(({ name }) => [portKey(node.id, name), { nodeId: node.id, port: name }] as const),
    ),
  );
}

function mismatch<T>(message: string, hint?: string): Result<T> {
  const diagnostic: Diagnostic = { code: 'points.mismatch', severity: 'error', message };
  return failure(hint === undefined ? diagnostic : { ...diagnostic, hint });
}
