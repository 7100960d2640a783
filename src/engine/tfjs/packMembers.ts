import { defined } from '../../core/invariant';
import { elementCount, type Program, type Shape } from '../../ir/types';

/** Where a state array lies in its pack. */
export interface PackMember {
  readonly pack: string;
  /** In elements. */
  readonly start: number;
  readonly shape: Shape;
}

/** The state arrays that packs hold, by their names. */
export function packMembers({ packs = [], state }: Program): Map<string, PackMember> {
  const shapes = new Map(state.map(({ name, shape }) => [name, shape]));
  const found = new Map<string, PackMember>();
  for (const { name, members } of packs) {
    let start = 0;
    for (const member of members) {
      const shape = defined(shapes.get(member), `shape of state ${member}`);
      found.set(member, { pack: name, start, shape });
      start += elementCount(shape);
    }
  }
  return found;
}
