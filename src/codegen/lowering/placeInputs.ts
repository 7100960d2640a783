import { defined } from '../../core/invariant';
import { elementCount, type AnyValue, type Program, type Value } from '../../ir/types';
import type { Places } from '../memory/places';
import { whole, type Ref } from '../plan';

/** Where the host finds what it writes and reads. */
export interface InputPlaces {
  readonly metrics: ReadonlyMap<string, Ref>;
  readonly live: ReadonlyMap<string, Ref>;
  readonly step: Ref;
  readonly data: ReadonlyMap<string, Ref>;
  readonly state: ReadonlyMap<string, Ref>;
}

export function placeInputs(program: Program, places: Places): InputPlaces {
  // The metrics come first among the single numbers, so that a row of the ring is one range.
  const metrics = new Map([...program.metrics.keys()].map((name) => [name, places.scalar('f32')]));
  const live = new Map(program.live.map(({ name }) => [name, places.scalar('f32')]));
  const step = places.scalar('i32');
  const data = new Map(
    program.data.map(({ name, dtype, shape }) => [
      name,
      whole(places.create('data', name, dtype, elementCount(shape))),
    ]),
  );
  return { metrics, live, step, data, state: placeState(program, places) };
}

/** A storage for each state array, and one for all arrays of a pack, one behind the other. */
function placeState({ state, packs }: Program, places: Places): Map<string, Ref> {
  const specs = new Map(state.map((spec) => [spec.name, spec]));
  const refs = new Map<string, Ref>();
  const size = (name: string): number => elementCount(defined(specs.get(name), name).shape);
  for (const { name, members } of packs ?? []) {
    const total = members.reduce((sum, member) => sum + size(member), 0);
    const storage = places.create('state', name, 'f32', total);
    refs.set(name, whole(storage));
    let offset = 0;
    for (const member of members) {
      refs.set(member, { storage, offset, length: size(member) });
      offset += size(member);
    }
  }
  for (const { name, dtype, shape } of state) {
    if (refs.has(name)) continue;
    refs.set(name, whole(places.create('state', name, dtype, elementCount(shape))));
  }
  return refs;
}

/** Gives an input or a literal its place; does nothing for values that are computed. */
export function placeSource(value: Value, inputs: InputPlaces, places: Places): void {
  const any = value as AnyValue;
  if (any.kind === 'literal') {
    const { values } = any.attributes;
    const contents = { values };
    const storage = places.create('literal', `%${value.id}`, value.dtype, values.length, contents);
    places.put(value, whole(storage));
  }
  if (any.kind !== 'input') return;
  const { role, name } = any.attributes;
  const ref = role === 'step' ? inputs.step : inputs[role].get(name);
  places.put(value, defined(ref, `${role} ${name}`));
}
