import { z } from 'zod';
import type { KeptLook, Look } from '../../editor/store/look';
import type { Preferences } from '../preferences';

const nameOf = (id: string): string => `look.${id}`;

const number = z.number().finite();
const schema = z.object({
  view: z.object({ x: number, y: number, zoom: z.number().min(0.05).max(4) }).optional(),
  sizes: z.record(z.string(), z.record(z.string(), z.number().min(0).max(100))).optional(),
});

/** How each document was looked at last, kept in the browser by its id. */
export function keptLook(preferences: Preferences, openId: () => string): KeptLook {
  const read = (): Look => readLook(preferences.get(nameOf(openId())));
  return {
    read,
    keep: (change) => preferences.set(nameOf(openId()), JSON.stringify({ ...read(), ...change })),
  };
}

export function forgetLook(preferences: Preferences, id: string): void {
  preferences.set(nameOf(id), null);
}

/** What cannot be read is as if it were not there. */
function readLook(text: string | null): Look {
  if (text === null) return {};
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}
