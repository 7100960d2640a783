import type { Accesses } from '../memory/accesses';
import type { Draft, MapWork } from './draft';

/** What a draft touches when it stands alone. */
interface Touched {
  readonly reads: Accesses;
  readonly writes: Accesses;
  readonly buffers: ReadonlySet<number>;
}

/**
 * Elementwise drafts whose results only elementwise drafts of the same elements read are done together with the
 * first of these. By themselves they would be moved up to fill a kernel that they do not need, and their
 * results would go through memory: the moments of an optimizer, say, that do not wait for the gradient's norm.
 */
export function sinkMaps(
  drafts: readonly Draft[],
  touchedBy: (draft: Draft) => Touched,
  mostBuffers: number,
): Draft[] {
  const order = [...drafts];
  for (let place = order.length - 2; place >= 0; place--) {
    const draft = order[place];
    if (draft?.work.form !== 'map') continue;
    const reader = firstReader(order, place, touchedBy);
    const follower = reader === null ? undefined : order[reader];
    if (reader === null || follower?.work.form !== 'map') continue;
    const buffers = new Set([...touchedBy(draft).buffers, ...touchedBy(follower).buffers]);
    if (buffers.size > mostBuffers) continue;
    order[reader] = together(draft, draft.work, follower, follower.work);
    order.splice(place, 1);
  }
  return order;
}

/** Place of the draft that a draft may be put in front of; null when it must stay where it is. */
function firstReader(
  order: readonly Draft[],
  place: number,
  touchedBy: (draft: Draft) => Touched,
): number | null {
  const draft = order[place];
  if (draft?.work.form !== 'map') return null;
  const own = touchedBy(draft);
  if ([...own.writes.storages].some(({ role }) => role !== 'temporary')) return null;
  let first: number | null = null;
  for (let later = place + 1; later < order.length; later++) {
    const other = order[later];
    if (!other) continue;
    const { reads, writes } = touchedBy(other);
    if (own.writes.meet(writes) !== 'nowhere') return null;
    const read = own.writes.meet(reads);
    // Behind the first reader it does not matter any more what it read itself.
    const overwritten = first === null ? own.reads.meet(writes) : 'nowhere';
    if (overwritten === 'across threads' || (overwritten !== 'nowhere' && read === 'nowhere')) {
      return null;
    }
    if (read === 'nowhere') continue;
    const equal = other.work.form === 'map' && other.work.count === draft.work.count;
    if (!equal || read === 'across threads') return null;
    first ??= later;
  }
  return first;
}

function together(draft: Draft, work: MapWork, follower: Draft, after: MapWork): Draft {
  return {
    ...follower,
    label: `${draft.label}, ${follower.label}`,
    work: {
      form: 'map',
      count: work.count,
      body: (w, index) => {
        work.body(w, index);
        after.body(w, index);
      },
    },
  };
}
