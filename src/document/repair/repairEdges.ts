import type { IdSource } from '../freshId';
import { isJsonObject, type JsonObject } from '../json';
import {
  DOCUMENT_LIMITS,
  edgeSchema,
  positionSchema,
  type DocumentEdge,
  type Position,
} from '../schema';
import type { FieldOwner } from './repairFields';
import { RepairIds } from './repairIds';
import { shown, type RepairLog } from './repairLog';

const KNOWN_FIELDS = Object.keys(edgeSchema.shape);
const portSchema = edgeSchema.shape.sourcePort;

/** Keeps every connection between two nodes that exist, once. Whether the ports exist is the compiler's question. */
export function repairEdges(
  raw: readonly unknown[],
  nodes: RepairIds,
  freshId: IdSource,
  log: RepairLog,
): DocumentEdge[] {
  const ids = new RepairIds(freshId);
  const seen = new Set<string>();
  return raw.flatMap((item, index): DocumentEdge[] => {
    const path = `edges.${index}`;
    const name = describe(item, index);
    const drop = (reason: string): DocumentEdge[] => {
      log.repaired(`${name} ${reason} and was left out.`, { path });
      return [];
    };
    if (!isJsonObject(item)) return drop('is damaged');
    const sourcePort = portSchema.safeParse(item['sourcePort']);
    const targetPort = portSchema.safeParse(item['targetPort']);
    if (!sourcePort.success || !targetPort.success) return drop('does not name its ports');
    const source = nodes.resolve(item['source']);
    if (source === undefined) return drop(`starts at a node that is ${absence(item['source'])}`);
    const target = nodes.resolve(item['target']);
    if (target === undefined) return drop(`ends at a node that is ${absence(item['target'])}`);
    const ends = { source, sourcePort: sourcePort.data, target, targetPort: targetPort.data };
    const key = JSON.stringify(Object.values(ends));
    if (seen.has(key)) return drop('is there twice');
    seen.add(key);

    const { id, problem } = ids.assign(item['id'], 'edge');
    if (problem !== null) {
      log.repaired(`${name} ${problem}; its id is now "${id}".`, { edgeId: id, path });
    }
    log.ignoreUnknown(item, KNOWN_FIELDS, path);
    const bends = repairBends(item['bends'], { name, place: { edgeId: id, path }, log });
    return [{ id, ...ends, ...(bends.length > 0 && { bends }) }];
  });
}

/** Without its bends an edge is drawn straight on; nothing else depends on them. */
function repairBends(raw: unknown, { name, place, log }: FieldOwner): Position[] {
  if (raw === undefined) return [];
  const bends = (Array.isArray(raw) ? raw : []).flatMap((item: unknown): Position[] => {
    const parsed = positionSchema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
  const kept = bends.slice(0, DOCUMENT_LIMITS.bends);
  if (!Array.isArray(raw) || kept.length < raw.length) {
    log.repaired(`${name} had bends that are not usable; they were left out.`, place);
  }
  return kept;
}

function describe(raw: unknown, index: number): string {
  if (!isJsonObject(raw) || !isNamed(raw)) return `Connection ${index + 1}`;
  const [from, to] = [
    `${raw['source']}.${raw['sourcePort']}`,
    `${raw['target']}.${raw['targetPort']}`,
  ];
  return `The connection ${from.slice(0, 80)} → ${to.slice(0, 80)}`;
}

function isNamed(raw: JsonObject): boolean {
  return ['source', 'sourcePort', 'target', 'targetPort'].every(
    (field) => typeof raw[field] === 'string',
  );
}

function absence(raw: unknown): string {
  return typeof raw === 'string' ? `not in the document (${shown(raw)})` : 'not named';
}
