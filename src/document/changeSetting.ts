import { produce } from 'immer';
import { nearestName } from '../core/nearestName';
import { failure, success, type Result } from '../core/result';
import { isJsonObject } from './json';
import { usableParameter } from './repair/repairNodes';
import { documentSchema, type BasinDocument } from './schema';
import { asVariant, variantOf } from './trainingVariants';

/** A parameter of a node, `bypassed`, or a path of a training setting: what `NODE.PARAM` names. */
export interface SettingPlace {
  /** Id of a node, or `training`. */
  readonly target: string;
  readonly parameter: string;
}

/** What must be known of kinds of node to change documents; a registry knows it. */
export interface KnownKinds {
  get(
    kind: string,
  ): { readonly title: string; readonly params: { readonly shape: object } } | undefined;
}

/** What a node's ablation is called among its parameters. */
export const BYPASSED = 'bypassed';

/**
 * The document with one setting changed: `setting.unusable` says that there is no such node or parameter, or what the schema of
 * documents refuses. What a kind of node refuses of its parameters, its analysis tells.
 */
export function changeSetting(
  document: BasinDocument,
  place: SettingPlace,
  value: unknown,
  kinds: KnownKinds,
): Result<BasinDocument> {
  let fault: string | null = null;
  const changed = produce(document, (draft) => {
    fault = setSetting(draft, place, value, kinds);
  });
  return fault === null ? checkedDocument(changed) : unusable(fault);
}

/** Changes one setting in place; why that cannot be, or null. */
export function setSetting(
  draft: BasinDocument,
  { target, parameter }: SettingPlace,
  value: unknown,
  kinds: KnownKinds,
): string | null {
  if (target === 'training') return setTraining(draft.training, parameter, value);
  const node = draft.nodes.find(({ id }) => id === target);
  if (!node) {
    const ids = draft.nodes.map(({ id }) => id).join(', ');
    return `The graph has no node “${target}”. Nodes: ${ids}.`;
  }
  if (parameter === BYPASSED) {
    if (typeof value !== 'boolean') return `“${target}.${BYPASSED}” is true or false.`;
    if (value) node.bypassed = true;
    else delete node.bypassed;
    return null;
  }
  const schema = kinds.get(node.kind)?.params;
  if (schema && !Object.hasOwn(schema.shape, parameter)) {
    const names = [...Object.keys(schema.shape), BYPASSED];
    return `${node.kind} has no parameter “${parameter}”.${meant(parameter, names)} Parameters: ${names.join(', ')}.`;
  }
  const usable = usableParameter(parameter, value);
  if (usable === null)
    return `“${target}.${parameter}” is not a parameter that can have such a value.`;
  node.params[parameter] = usable.value;
  return null;
}

/** The document, or what the schema of documents refuses of it. */
export function checkedDocument(document: BasinDocument): Result<BasinDocument> {
  const checked = documentSchema.safeParse(document);
  if (checked.success) return success(checked.data);
  const [issue] = checked.error.issues;
  return unusable(`${issue?.path.join('.') ?? 'The document'}: ${issue?.message ?? 'not usable'}.`);
}

function setTraining(
  settings: Record<string, unknown>,
  path: string,
  value: unknown,
): string | null {
  const name = variantOf(path);
  const current = name === null ? undefined : settings[name];
  const changed = name !== null && isJsonObject(current) ? asVariant(name, current, value) : null;
  // Another kind alone would be without what it needs, and with what the one before had.
  if (name === null || changed === null) return setPath(settings, path.split('.'), value);
  settings[name] = changed;
  return null;
}

/** Sets a leaf or a branch of nested settings; what is wrong with the path, or null. */
function setPath(
  settings: Record<string, unknown>,
  [head = '', ...rest]: readonly string[],
  value: unknown,
): string | null {
  if (!Object.hasOwn(settings, head)) {
    const names = Object.keys(settings);
    return `There is no “${head}”: the training settings are ${names.join(', ')}.${meant(head, names)}`;
  }
  const inner = settings[head];
  if (rest.length === 0) settings[head] = value;
  else if (isJsonObject(inner)) return setPath(inner, rest, value);
  else return `The training setting “${head}” has no parts.`;
  return null;
}

/** With a blank before it; empty where no name is near. */
function meant(written: string, names: readonly string[]): string {
  const near = nearestName(written, names);
  return near === null ? '' : ` Did you mean “${near}”?`;
}

export function unusable(message: string): Result<never> {
  return failure({ code: 'setting.unusable', severity: 'error', message });
}
