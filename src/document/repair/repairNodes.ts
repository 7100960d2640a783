import type { IdSource } from '../freshId';
import { isJsonObject, isNestedWithin } from '../json';
import {
  DOCUMENT_LIMITS,
  nodeSchema,
  type DocumentNode,
  type ParameterValue,
  type Position,
} from '../schema';
import { repairPosition, repairSize, repairText } from './repairFields';
import { RepairIds } from './repairIds';
import { shown, type RepairLog } from './repairLog';

const KNOWN_FIELDS = Object.keys(nodeSchema.shape);
const parameterNameSchema = nodeSchema.shape.params.keyType;
const parameterValueSchema = nodeSchema.shape.params.valueType;

export interface RepairedNodes {
  readonly nodes: readonly DocumentNode[];
  readonly ids: RepairIds;
}

/** Keeps every object that names a kind; whatever else is wrong with it takes a default. */
export function repairNodes(
  raw: readonly unknown[],
  groups: RepairIds,
  freshId: IdSource,
  log: RepairLog,
): RepairedNodes {
  const ids = new RepairIds(freshId);
  const nodes = raw.flatMap((item, index) => {
    const node = repairNode(item, index, ids, groups, log);
    return node === null ? [] : [node];
  });
  return { nodes, ids };
}

function repairNode(
  raw: unknown,
  index: number,
  ids: RepairIds,
  groups: RepairIds,
  log: RepairLog,
): DocumentNode | null {
  const path = `nodes.${index}`;
  const ordinal = `Node ${index + 1}`;
  if (!isJsonObject(raw)) {
    log.repaired(`${ordinal} was ${shown(raw)} where a node was expected; it was left out.`, {
      path,
    });
    return null;
  }
  const kind = nodeSchema.shape.kind.safeParse(raw['kind']);
  if (!kind.success) {
    log.repaired(`${ordinal} does not say what kind of node it is and was left out.`, { path });
    return null;
  }
  const { id, problem } = ids.assign(raw['id'], kind.data);
  const lastPart = kind.data.slice(kind.data.lastIndexOf('.') + 1);
  const name = `Node "${typeof raw['label'] === 'string' && raw['label'] !== '' ? raw['label'].slice(0, 60) : id}"`;
  const owner = { name, place: { nodeId: id, path }, log };
  if (problem !== null) log.repaired(`${name} ${problem}; its id is now "${id}".`, owner.place);
  log.ignoreUnknown(raw, KNOWN_FIELDS, path);

  const node: DocumentNode = {
    id,
    kind: kind.data,
    label: repairText(raw['label'], 'label', DOCUMENT_LIMITS.label, lastPart, owner),
    position: repairPosition(raw['position'], placeInGrid(index), owner),
    params: repairParameters(raw['params'], name, id, path, log),
  };
  if (raw['size'] !== undefined) {
    const size = repairSize(raw['size'], undefined, owner);
    if (size !== undefined) node.size = size;
  }
  if (raw['bypassed'] === true) node.bypassed = true;
  else if (raw['bypassed'] !== undefined && raw['bypassed'] !== false) {
    log.repaired(`${name}: "bypassed" was ${shown(raw['bypassed'])}; the node is on.`, owner.place);
  }
  if (raw['group'] !== undefined) {
    const group = groups.resolve(raw['group']);
    if (group !== undefined) node.group = group;
    else
      log.repaired(`${name} was in a group that does not exist; it is in none now.`, owner.place);
  }
  return node;
}

function repairParameters(
  raw: unknown,
  name: string,
  nodeId: string,
  nodePath: string,
  log: RepairLog,
): Record<string, ParameterValue> {
  const path = `${nodePath}.params`;
  if (!isJsonObject(raw)) {
    log.repaired(`${name} had no parameters; its kind's defaults are used.`, { nodeId, path });
    return {};
  }
  const kept: [string, ParameterValue][] = [];
  for (const [key, value] of Object.entries(raw)) {
    const parsed = usableParameter(key, value);
    if (parsed !== null) kept.push([key, parsed.value]);
    else {
      const message = `${name}: the parameter "${key.slice(0, 64)}" was not usable; its default is used.`;
      log.repaired(message, { nodeId, path: `${path}.${key.slice(0, 64)}` });
    }
  }
  return Object.fromEntries(kept);
}

/** The value where a document can hold it under this name. `__proto__` would name the object's prototype instead of a parameter. */
export function usableParameter(key: string, value: unknown): { value: ParameterValue } | null {
  if (key === '__proto__' || !parameterNameSchema.safeParse(key).success) return null;
  if (!isNestedWithin(value, DOCUMENT_LIMITS.parameterDepth)) return null;
  const parsed = parameterValueSchema.safeParse(value);
  return parsed.success ? { value: parsed.data } : null;
}

/** Nodes without a position are laid out in rows of eight, so that none hides another. */
function placeInGrid(index: number): Position {
  return { x: (index % 8) * 240, y: Math.floor(index / 8) * 160 };
}
