import type { IdSource } from '../freshId';
import { enclosingGroups } from '../groupTree';
import { isJsonObject, type JsonObject } from '../json';
import { DOCUMENT_LIMITS, groupSchema, type DocumentGroup } from '../schema';
import { repairPosition, repairSize, repairText, type FieldOwner } from './repairFields';
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
  const parents = new Map<string, Parent>();
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
    const group: DocumentGroup = {
      id,
      label: repairText(item['label'], 'label', DOCUMENT_LIMITS.label, '', owner),
      position: repairPosition(item['position'], { x: 0, y: 0 }, owner),
      size: repairSize(item['size'], USUAL_SIZE, owner),
    };
    repairLook(group, item, owner);
    if (item['group'] !== undefined) parents.set(id, { raw: item['group'], owner });
    return [group];
  });
  nest(groups, parents, ids);
  return { groups, ids };
}

interface Parent {
  readonly raw: unknown;
  readonly owner: FieldOwner;
}

function repairLook(group: DocumentGroup, item: JsonObject, { name, place, log }: FieldOwner) {
  const { collapsed, color } = item;
  if (collapsed === true) group.collapsed = true;
  else if (collapsed !== undefined && collapsed !== false) {
    log.repaired(`${name}: "collapsed" was ${shown(collapsed)}; the group is open.`, place);
  }
  if (color === undefined) return;
  const known = groupSchema.shape.color.safeParse(color);
  if (known.success) group.color = known.data;
  else log.repaired(`${name}: there is no colour ${shown(color)}; it has none now.`, place);
}

/** Once all groups are known: puts each into the one that it is in, unless that one is gone, or within it itself. */
function nest(
  groups: readonly DocumentGroup[],
  parents: ReadonlyMap<string, Parent>,
  ids: RepairIds,
): void {
  for (const group of groups) {
    const parent = parents.get(group.id);
    if (parent === undefined) continue;
    const { name, place, log } = parent.owner;
    const home = ids.resolve(parent.raw);
    if (home === undefined) {
      log.repaired(`${name} was in a group that does not exist; it is in none now.`, place);
    } else if (enclosingGroups({ groups }, home).includes(group.id)) {
      log.repaired(`${name} was within itself; it is in no group now.`, place);
    } else group.group = home;
  }
}
