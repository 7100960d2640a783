import { sameJson } from '../../document/canonical';
import type { DocumentNode } from '../../document/schema';
import type { Registry } from '../../graph/registry';
import { isShown, parameterFields, type ParameterField } from './parameterFields';
import { resolveParameters } from './resolveParameters';

/** A parameter that several nodes have in common. */
export interface SharedParameter {
  readonly field: ParameterField;
  /** In force in all of them; null where they differ. */
  readonly value: unknown;
  readonly mixed: boolean;
  /** Whether one of them says something else than the default. */
  readonly differs: boolean;
}

/** The parameters that apply to each of the nodes and are edited alike, in the order of the first. */
export function sharedParameters(
  registry: Registry,
  nodes: readonly DocumentNode[],
): readonly SharedParameter[] {
  const [first, ...others] = nodes.map((node) => shownFields(registry, node));
  return (first ?? []).flatMap(({ field, value, differs }): SharedParameter[] => {
    const same: Shown[] = [];
    for (const list of others) {
      const alike = list.find((one) => isAlike(one.field, field));
      if (alike === undefined) return [];
      same.push(alike);
    }
    const mixed = same.some((one) => !sameJson(one.value, value));
    return [
      {
        field,
        value: mixed ? null : value,
        mixed,
        differs: differs || same.some((one) => one.differs),
      },
    ];
  });
}

interface Shown {
  readonly field: ParameterField;
  readonly value: unknown;
  readonly differs: boolean;
}

function shownFields(registry: Registry, { kind, params }: DocumentNode): readonly Shown[] {
  const definition = registry.get(kind);
  if (definition === undefined) return [];
  const resolved = resolveParameters(definition, params);
  return parameterFields(definition)
    .filter((field) => isShown(field, resolved))
    .map((field) => ({
      field,
      value: resolved[field.name],
      differs:
        Object.hasOwn(params, field.name) && !sameJson(params[field.name], field.defaultValue),
    }));
}

/** Kinds may use a name for different things: a rate of a view, a rate of a latent. */
function isAlike(a: ParameterField, b: ParameterField): boolean {
  if (a === b) return true;
  const words = ({ name, label, control }: ParameterField) =>
    JSON.stringify([name, label, control]);
  return words(a) === words(b);
}
