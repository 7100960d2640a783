import { failure, success, type Result } from '../../core/result';
import { createIdSource } from '../freshId';
import { isJsonObject, type JsonObject } from '../json';
import {
  claimsSchema,
  DOCUMENT_LIMITS,
  DOCUMENT_VERSION,
  documentSchema,
  templateSchema,
  type BasinDocument,
} from '../schema';
import { repairEdges } from './repairEdges';
import { repairText } from './repairFields';
import { repairGroups } from './repairGroups';
import { isId } from './repairIds';
import { repairNodes } from './repairNodes';
import { RepairLog, shown } from './repairLog';
import { repairTraining } from './repairTraining';

/**
 * Builds a valid document out of what is usable in JSON of the current version, and says what was changed.
 * Refuses with `document.not-basin` when no node of the graph can be read.
 */
export function repairDocument(json: JsonObject): Result<BasinDocument> {
  const rawNodes = json['nodes'];
  if (!Array.isArray(rawNodes)) return refuse('it has no list of nodes');
  const log = new RepairLog();
  if (json['version'] !== DOCUMENT_VERSION) {
    const message = `The document's format version was ${shown(json['version'])}; it was read as version ${DOCUMENT_VERSION}.`;
    log.repaired(message, { path: 'version' });
  }
  log.ignoreUnknown(json, Object.keys(documentSchema.shape), '');
  const rawEdges = listOf(json, 'edges', 'connections', log);
  const rawGroups = listOf(json, 'groups', 'groups', log);
  const owner = { name: 'The document', place: {}, log };

  const nodeIds = new Set(usableIds(rawNodes));
  const freshId = createIdSource([...nodeIds, ...usableIds(rawGroups), ...usableIds(rawEdges)]);
  const groups = repairGroups(rawGroups, nodeIds, freshId, log);
  const nodes = repairNodes(rawNodes, groups.ids, freshId, log);
  if (nodes.nodes.length === 0 && rawNodes.length > 0) {
    return refuse(`none of its ${rawNodes.length} nodes can be read`);
  }
  const document: BasinDocument = {
    format: 'basin',
    version: DOCUMENT_VERSION,
    title: repairText(json['title'], 'title', DOCUMENT_LIMITS.label, 'Untitled', {
      ...owner,
      place: { path: 'title' },
    }),
    description: repairText(json['description'], 'description', DOCUMENT_LIMITS.text, '', {
      ...owner,
      place: { path: 'description' },
    }),
    nodes: [...nodes.nodes],
    edges: repairEdges(rawEdges, nodes.ids, freshId, log),
    groups: [...groups.groups],
    training: repairTraining(json['training'], log),
  };
  const claims = repairClaims(json['claims'], log);
  if (claims !== undefined) document.claims = claims;
  const template = repairTemplate(json['template'], log);
  if (template !== undefined) document.template = template;
  return success(document, log.diagnostics());
}

function refuse(reason: string): Result<never> {
  return failure({
    code: 'document.not-basin',
    severity: 'error',
    message: `The document is too damaged to be opened: ${reason}.`,
  });
}

function listOf(
  json: JsonObject,
  field: 'edges' | 'groups',
  name: string,
  log: RepairLog,
): readonly unknown[] {
  const list = json[field];
  if (Array.isArray(list)) return list;
  log.repaired(`The document's list of ${name} was ${shown(list)}; it is now empty.`, {
    path: field,
  });
  return [];
}

function usableIds(items: readonly unknown[]): string[] {
  return items.flatMap((item) => (isJsonObject(item) && isId(item['id']) ? [item['id']] : []));
}

function repairClaims(raw: unknown, log: RepairLog): BasinDocument['claims'] {
  if (raw === undefined) return undefined;
  const parsed = claimsSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  log.repaired('The claimed results were damaged and were left out.', { path: 'claims' });
  return undefined;
}

function repairTemplate(raw: unknown, log: RepairLog): BasinDocument['template'] {
  if (raw === undefined) return undefined;
  const parsed = templateSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  log.repaired('The name of the template was damaged and was left out.', { path: 'template' });
  return undefined;
}
