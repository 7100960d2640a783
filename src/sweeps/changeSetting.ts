import { produce } from 'immer';
import { failure, success, type Result } from '../core/result';
import { isJsonObject } from '../document/json';
import { usableParameter } from '../document/repair/repairNodes';
import { documentSchema, type BasinDocument } from '../document/schema';
import type { Registry } from '../graph/registry';

/** A parameter of a node, `bypassed`, or a path of a training setting: what `NODE.PARAM` names. */
export interface SettingPlace {
  /** Id of a node, or `training`. */
  readonly target: string;
  readonly parameter: string;
}

/** What a node's ablation is called among its parameters. */
export const BYPASSED = 'bypassed';

/**
 * The document with one setting changed: `setting.unusable` says that there is no such node or parameter, or what the schema of
 * documents refuses. What a kind of node refuses of its parameters, its analysis tells.
 */
export function changeSetting(
  document: BasinDocument,
  { target, parameter }: SettingPlace,
  value: unknown,
  registry: Registry,
): Result<BasinDocument> {
  let fault: string | null = null;
  const changed = produce(document, (draft) => {
    if (target === 'training') {
      fault = setPath(draft.training, parameter.split('.'), value);
      return;
    }
    const node = draft.nodes.find(({ id }) => id === target);
    if (!node) {
      const ids = draft.nodes.map(({ id }) => id).join(', ');
      fault = `The graph has no node “${target}”. Nodes: ${ids}.`;
      return;
    }
    if (parameter === BYPASSED) {
      if (typeof value !== 'boolean') fault = `“${target}.${BYPASSED}” is true or false.`;
      else if (value) node.bypassed = true;
      else delete node.bypassed;
      return;
    }
    const schema = registry.get(node.kind)?.params;
    if (schema && !Object.hasOwn(schema.shape, parameter)) {
      const names = [...Object.keys(schema.shape), BYPASSED].join(', ');
      fault = `${node.kind} has no parameter “${parameter}”. Parameters: ${names}.`;
      return;
    }
    const usable = usableParameter(parameter, value);
    if (usable === null)
      fault = `“${target}.${parameter}” is not a parameter that can have such a value.`;
    else node.params[parameter] = usable.value;
  });
  if (fault !== null) return unusable(fault);
  const checked = documentSchema.safeParse(changed);
  if (checked.success) return success(checked.data);
  const [issue] = checked.error.issues;
  return unusable(`${issue?.path.join('.') ?? 'The document'}: ${issue?.message ?? 'not usable'}.`);
}

/** Sets a leaf or a branch of nested settings; what is wrong with the path, or null. */
function setPath(
  settings: Record<string, unknown>,
  [head = '', ...rest]: readonly string[],
  value: unknown,
): string | null {
  if (!Object.hasOwn(settings, head)) {
    return `There is no “${head}”: the training settings are ${Object.keys(settings).join(', ')}.`;
  }
  const inner = settings[head];
  if (rest.length === 0) settings[head] = value;
  else if (isJsonObject(inner)) return setPath(inner, rest, value);
  else return `The training setting “${head}” has no parts.`;
  return null;
}

function unusable(message: string): Result<BasinDocument> {
  return failure({ code: 'setting.unusable', severity: 'error', message });
}
