import { clip } from '../clip';
import { isJsonObject } from '../json';
import { positionSchema, sizeSchema, type Position, type Size } from '../schema';
import { withinCanvas } from '../withinCanvas';
import { shown, type RepairLog, type RepairPlace } from './repairLog';

/** Where a damaged text, position or size is, and what it is called in messages. */
export interface FieldOwner {
  /** E.g. `Node "Encoder"`. Begins a sentence. */
  readonly name: string;
  readonly place: RepairPlace;
  readonly log: RepairLog;
}

export function repairText(
  value: unknown,
  what: string,
  longest: number,
  fallback: string,
  { name, place, log }: FieldOwner,
): string {
  if (typeof value !== 'string') {
    const outcome = fallback === '' ? 'it is now empty' : `it is now "${fallback}"`;
    log.repaired(`${name}: the ${what} was ${shown(value)}; ${outcome}.`, place);
    return fallback;
  }
  if (value.length <= longest) return value;
  log.repaired(
    `${name}: the ${what} had ${value.length} characters and was cut to ${longest}.`,
    place,
  );
  return clip(value, longest);
}

/** Out of range: to the nearest place on the canvas. Unusable: to `fallback`. */
export function repairPosition(
  value: unknown,
  fallback: Position,
  { name, place, log }: FieldOwner,
): Position {
  const parsed = positionSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { x, y } = isJsonObject(value) ? value : {};
  if (typeof x !== 'number' || typeof y !== 'number') {
    log.repaired(`${name} had no usable position and was given a new one.`, place);
    return fallback;
  }
  log.repaired(`${name} was outside the canvas and was moved to its edge.`, place);
  return { x: withinCanvas(x), y: withinCanvas(y) };
}

export function repairSize<Fallback extends Size | undefined>(
  value: unknown,
  fallback: Fallback,
  { name, place, log }: FieldOwner,
): Size | Fallback {
  const parsed = sizeSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  log.repaired(`${name} had no usable size and has its usual one now.`, place);
  return fallback;
}
