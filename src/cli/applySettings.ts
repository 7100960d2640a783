import { changeSetting, type SettingPlace } from '../document/changeSetting';
import { parseSetting } from '../document/experiments/editLine';
import type { BasinDocument } from '../document/schema';
import type { Registry } from '../graph/registry';
import { EXIT } from './exitCodes';
import { CommandError } from './failure';

/** Options that change a document before it is used. */
export interface GraphOptions {
  readonly set?: readonly string[];
  readonly seed?: number;
  readonly batch?: number;
  /** `NODE=FILE`: own data (`applyData`). */
  readonly data?: readonly string[];
}

/**
 * Applies `--set NODE.PARAM=VALUE` (NODE is a node's id, or `training`), `--seed` and `--batch`. A value is JSON, or
 * else a plain string. Unknown nodes and parameters are usage errors, values out of range are told by the schema.
 */
export function applySettings(
  document: BasinDocument,
  { set = [], seed, batch }: GraphOptions,
  registry: Registry,
): BasinDocument {
  const changes: readonly (readonly [SettingPlace, unknown])[] = [
    ...(seed === undefined ? [] : [[place('training', 'seed'), seed] as const]),
    ...(batch === undefined ? [] : [[place('training', 'batchSize'), batch] as const]),
    ...set.map((setting) => {
      const parsed = parseSetting(setting);
      if (parsed === null) throw usage(`“${setting}” is not of the form NODE.PARAM=VALUE.`);
      return [parsed.place, parsed.value] as const;
    }),
  ];
  return changes.reduce((changed, [where, value]) => {
    const next = changeSetting(changed, where, value, registry);
    if (!next.ok) throw usage(next.diagnostics[0]?.message ?? 'A setting is not usable.');
    return next.value;
  }, document);
}

function place(target: string, parameter: string): SettingPlace {
  return { target, parameter };
}

function usage(message: string): CommandError {
  return new CommandError(message, EXIT.usage);
}
