import type { Analysis } from '../../compiler/analysis/analysis';
import { setParameter } from '../../document/commands/nodeCommands';
import type { Edit } from '../../document/commands/edit';
import { nodesWithin } from '../../document/groupTree';
import type { BasinDocument, DocumentNode, ParameterValue } from '../../document/schema';
import type { Registry } from '../../graph/registry';
import {
  moduleTraining,
  TRAINING_PARAMETERS,
  type ModuleTraining,
} from '../../graph/trainingParameters';
import { combineEdits } from '../commands/combineEdits';
import { defaultParameter, resolveParameters } from '../parameters/resolveParameters';
import { nodeLabel } from './documentNode';

/** How modules are trained: one of them, or all that are in a group. */
export interface ModuleRow {
  /** Of the node or the group. */
  readonly id: string;
  readonly kind: 'module' | 'group';
  readonly label: string;
  readonly modules: readonly DocumentNode[];
  /** Undefined where the modules of a group differ. */
  readonly training: { readonly [K in keyof ModuleTraining]: ModuleTraining[K] | undefined };
}

export type TrainingParameter = keyof ModuleTraining;
const NAMES = Object.keys(TRAINING_PARAMETERS) as readonly TrainingParameter[];

/** The nodes whose weights are their own, in the document's order; a group that is in no other goes before those inside. */
export function moduleRows(
  document: BasinDocument,
  { weights }: Pick<Analysis, 'weights'>,
  registry: Registry,
): readonly ModuleRow[] {
  const owners = document.nodes.filter(({ id }) => weights.has(id));
  const row = (
    { id, kind, label }: Pick<ModuleRow, 'id' | 'kind' | 'label'>,
    modules: readonly DocumentNode[],
  ): ModuleRow => {
    const all = modules.map((node) => trainingOf(node, registry));
    const common = <K extends TrainingParameter>(name: K): ModuleTraining[K] | undefined => {
      const [first] = all;
      return all.every((one) => one[name] === first?.[name]) ? first?.[name] : undefined;
    };
    const training = {
      rate: common('rate'),
      trainFrom: common('trainFrom'),
      trainUntil: common('trainUntil'),
    };
    return { id, kind, label, modules, training };
  };
  const rowOf = (node: DocumentNode): ModuleRow =>
    row({ id: node.id, kind: 'module', label: nodeLabel(registry, node) }, [node]);
  const outermost = document.groups.filter(({ group }) => group === undefined);
  const grouped = outermost.flatMap(({ id, label }): readonly ModuleRow[] => {
    const inside = new Set(nodesWithin(document, [id]));
    const members = owners.filter((node) => inside.has(node.id));
    if (members.length === 0) return [];
    return [row({ id, kind: 'group', label: label.trim() || 'Group' }, members)];
  });
  const inGroup = new Set(grouped.flatMap(({ modules }) => modules));
  return [
    ...grouped.flatMap((group) => [group, ...group.modules.map(rowOf)]),
    ...owners.filter((node) => !inGroup.has(node)).map(rowOf),
  ];
}

function trainingOf(node: DocumentNode, registry: Registry): ModuleTraining {
  const definition = registry.get(node.kind);
  return moduleTraining(definition ? resolveParameters(definition, node.params) : {});
}

/** One setting of all modules of a row. */
export function setModuleTraining(
  registry: Registry,
  { id, modules }: ModuleRow,
  name: TrainingParameter,
  value: ParameterValue,
): Edit {
  const edits = modules.map((node) => trainingEdit(registry, node, name, value));
  return { ...combineEdits(`Change ${name}`, ...edits), mergeKey: `training ${id} ${name}` };
}

/** Groups with modules of their own, first those that others are computed from. */
export function levels(
  rows: readonly ModuleRow[],
  { graph }: Pick<Analysis, 'graph'>,
): ModuleRow[] {
  const place = new Map(graph.nodes.map(({ id }, index) => [id, index]));
  const first = ({ modules }: ModuleRow): number =>
    Math.min(...modules.map(({ id }) => place.get(id) ?? Infinity));
  return rows.filter(({ kind }) => kind === 'group').sort((a, b) => first(a) - first(b));
}

/** One level after the other: each for so many steps, the last to the end. */
export function trainByLevels(
  registry: Registry,
  ordered: readonly ModuleRow[],
  steps: number,
): Edit {
  const edits = ordered.flatMap(({ modules }, level) => {
    const until = level === ordered.length - 1 ? null : (level + 1) * steps;
    return modules.flatMap((node) => [
      trainingEdit(registry, node, 'trainFrom', level * steps),
      trainingEdit(registry, node, 'trainUntil', until),
    ]);
  });
  return combineEdits('Train one level after the other', ...edits);
}

/** All modules as by default. */
export function trainTogether(rows: readonly ModuleRow[]): Edit {
  const modules = new Set(rows.flatMap((row) => row.modules.map(({ id }) => id)));
  const edits = [...modules].flatMap((id) =>
    NAMES.map((name) => setParameter(id, name, undefined)),
  );
  return combineEdits('Train all modules together', ...edits);
}

/** A default is left out. */
function trainingEdit(
  registry: Registry,
  { id, kind }: DocumentNode,
  name: TrainingParameter,
  value: ParameterValue,
): Edit {
  const definition = registry.get(kind);
  const isDefault = definition !== undefined && defaultParameter(definition, name) === value;
  return setParameter(id, name, isDefault ? undefined : value);
}
