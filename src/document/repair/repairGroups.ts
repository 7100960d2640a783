import type { IdSource } from '../freshId';
import { isJsonObject } from '../json';
import { DOCUMENT_LIMITS, groupSchema, type DocumentGroup } from '../schema';
import { repairPosition, repairSize, repairText } from './repairFields';
import { RepairIds } from './repairIds';
import { shown, type RepairLog } from './repairLog';

const KNOWN_FIELDS = Object.keys(groupSchema.shape);
const USUAL_SIZE = { width: 480, height: 320 };

export interface RepairedGroups {
  readonly groups: readonly DocumentGroup[];
  readonly ids: RepairIds;
}

/** `nodeIds`: ids that nodes will keep. A group with such an id is renamed, because both are items on one canvas. */
export function repairGroups(
  raw: readonly unknown[],
  nodeIds: ReadonlySet<string>,
  freshId: IdSource,
  log: RepairLog,
): RepairedGroups {
  const ids = new RepairIds(freshId);
  const groups = raw.flatMap((item, index): DocumentGroup[] => {
    const path = `groups.${index}`;
    if (!isJsonObject(item)) {
      const message = `Group ${index + 1} was ${shown(item)} where a group was expected; it was left out.`;
      log.repaired(message, { path });
      return [];
    }
    const name = `Group ${index + 1}`;
    const owner = { name, place: { path }, log };
    let { id, problem } = ids.assign(item['id'], 'group');
    if (nodeIds.has(id)) {
      problem = `has the same id as a node (${shown(id)})`;
      const other = freshId('group');
      ids.rename(id, other);
      id = other;
    }
    if (problem !== null) log.repaired(`${name} ${problem}; its id is now "${id}".`, { path });
    log.ignoreUnknown(item, KNOWN_FIELDS, path);
    return [
      {
        id,
        label: repairText(item['label'], 'label', DOCUMENT_LIMITS.label, '', owner),
        position: repairPosition(item['position'], { x: 0, y: 0 }, owner),
        size: repairSize(item['size'], USUAL_SIZE, owner),
      },
    ];
  });
  return { groups, ids };
}
