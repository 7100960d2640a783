import { produce } from 'immer';
import { documentSchema, type BasinDocument } from '../document/schema';
import { usableParameter } from '../document/repair/repairNodes';
import type { Registry } from '../graph/registry';
import { EXIT } from './exitCodes';
import { CommandError } from './failure';

/** Options that change a document before it is used. */
export interface GraphOptions {
  readonly set?: readonly string[];
  readonly seed?: number;
  readonly batch?: number;
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
  const changed = produce(document, (draft) => {
    if (seed !== undefined) draft.training.seed = seed;
    if (batch !== undefined) draft.training.batchSize = batch;
    for (const setting of set) {
      const match = /^([^.=]+)\.([^=]+)=([\s\S]*)$/.exec(setting);
      const [, target = '', parameter = '', raw = ''] = match ?? [];
      if (!match) throw usage(`“${setting}” is not of the form NODE.PARAM=VALUE.`);
      const value = parseValue(raw);
      if (target === 'training') {
        setPath(draft.training, parameter.split('.'), value, setting);
        continue;
      }
      const node = draft.nodes.find(({ id }) => id === target);
      if (!node) {
        const ids = draft.nodes.map(({ id }) => id).join(', ');
        throw usage(`The graph has no node “${target}”. Nodes: ${ids}.`);
      }
      const schema = registry.get(node.kind)?.params;
      if (schema && !Object.hasOwn(schema.shape, parameter)) {
        const names = Object.keys(schema.shape).join(', ');
        throw usage(`${node.kind} has no parameter “${parameter}”. Parameters: ${names}.`);
      }
      const usable = usableParameter(parameter, value);
      if (usable === null) throw usage(`“${setting.slice(0, 60)}” is not a parameter and a value.`);
      node.params[parameter] = usable.value;
    }
  });
  const checked = documentSchema.safeParse(changed);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw usage(`${issue?.path.join('.') ?? 'The document'}: ${issue?.message ?? 'not usable'}.`);
}

function setPath(
  target: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
  setting: string,
): void {
  const [head = '', ...rest] = path;
  if (!Object.hasOwn(target, head)) {
    throw usage(`“${setting}”: the training settings are ${Object.keys(target).join(', ')}.`);
  }
  const inner = target[head];
  if (rest.length === 0) target[head] = value;
  else if (typeof inner === 'object' && inner !== null) {
    setPath(inner as Record<string, unknown>, rest, value, setting);
  } else throw usage(`“${setting}”: “${head}” has no parts.`);
}

function parseValue(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}

function usage(message: string): CommandError {
  return new CommandError(message, EXIT.usage);
}
