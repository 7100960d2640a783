import { DEFAULT_OPTIMIZERS } from './schema';

type Settings = Readonly<Record<string, unknown>>;

/** Training settings of several kinds, and what each kind starts with when it is chosen. */
const VARIANTS = new Map<string, ReadonlyMap<string, Settings>>([
  ['optimizer', new Map<string, Settings>(Object.entries(DEFAULT_OPTIMIZERS))],
]);
const KIND = '.kind';

/** The training setting whose kind a path such as `optimizer.kind` names; null where it names none. */
export function variantOf(path: string): string | null {
  const name = path.endsWith(KIND) ? path.slice(0, -KIND.length) : '';
  return VARIANTS.has(name) ? name : null;
}

/** A setting as another kind, with its defaults; numbers that both kinds have are kept. Null where there is no such kind. */
export function asVariant(name: string, current: Settings, kind: unknown): Settings | null {
  const wanted = typeof kind === 'string' ? VARIANTS.get(name)?.get(kind) : undefined;
  if (wanted === undefined) return null;
  const kept = Object.entries(wanted).map(([key, initial]) => {
    const isShared = typeof initial === 'number' && typeof current[key] === 'number';
    return [key, isShared ? current[key] : initial];
  });
  return Object.fromEntries(kept) as Settings;
}
