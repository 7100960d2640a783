import type { BasinDocument } from '../../document/schema';
import { nodeLabel } from '../../editor/model/documentNode';
import {
  parameterFields,
  type Control,
  type ParameterField,
} from '../../editor/parameters/parameterFields';
import { resolveParameters } from '../../editor/parameters/resolveParameters';
import { settingFields } from '../../editor/parameters/settingFields';
import type { Registry } from '../../graph/registry';
import { BYPASSED } from '../../document/changeSetting';

/** Something of the graph that can be swept over. */
export interface Sweepable {
  /** `NODE.PARAM`. */
  readonly id: string;
  readonly target: string;
  readonly parameter: string;
  /** In the user's words. */
  readonly label: string;
  /** Values to begin with, as they are typed. */
  readonly suggestion: string;
  /** It is a weight or a strength: what one would sweep first. */
  readonly isLive: boolean;
}

/** Everything that can be swept over: the parameters of nodes, their ablations, and the training settings. */
export function sweepables(document: BasinDocument, registry: Registry): readonly Sweepable[] {
  const settings = settingFields(document.training).flatMap(
    ({ path, field, value }): Sweepable[] => {
      const suggestion = path[0] === 'steps' ? null : suggested(field.control, value);
      if (suggestion === null) return [];
      const parameter = path.join('.');
      const id = `training.${parameter}`;
      return [{ id, target: 'training', parameter, label: field.label, suggestion, isLive: false }];
    },
  );
  const nodes = document.nodes.flatMap((node): Sweepable[] => {
    const definition = registry.get(node.kind);
    if (definition === undefined || definition.category === 'note') return [];
    const name = nodeLabel(registry, node);
    const values = resolveParameters(definition, node.params);
    const of = (parameter: string): Pick<Sweepable, 'id' | 'target' | 'parameter'> => ({
      id: `${node.id}.${parameter}`,
      target: node.id,
      parameter,
    });
    const parameters = parameterFields(definition).flatMap((field: ParameterField): Sweepable[] => {
      const suggestion = suggested(field.control, values[field.name]);
      if (suggestion === null) return [];
      const label = `${name}: ${field.label}`;
      const isLive = field.live && field.heading === null;
      return [{ ...of(field.name), label, suggestion, isLive }];
    });
    const ablation = { ...of(BYPASSED), label: `${name}: bypassed`, suggestion: 'false, true' };
    return [...parameters, { ...ablation, isLive: false }];
  });
  return [...nodes, ...settings];
}

const COUNT = 5;

/** Null for what is not swept: free text. */
function suggested(control: Control, value: unknown): string | null {
  switch (control.kind) {
    case 'slider': {
      const [low, high] = control.range;
      return `${low}..${high}/${COUNT}${control.scale === 'log' ? '/log' : ''}`;
    }
    case 'number': {
      if (typeof value !== 'number' || value === 0) return '0, 1';
      const { limits } = control;
      const values = [0.25, 0.5, 1, 2, 4]
        .map((factor) => (limits.integer ? Math.round(value * factor) : value * factor))
        .map((one) => Math.min(limits.max, Math.max(limits.min, Number(one.toPrecision(6)))));
      return [...new Set(values)].join(', ');
    }
    case 'select':
      return control.options.join(', ');
    case 'switch':
      return 'false, true';
    case 'widths':
      return JSON.stringify(value ?? []);
    case 'text':
    case 'markdown':
      return null;
  }
}

/** What the form begins with: two weights where the graph has them. */
export function firstAxes(all: readonly Sweepable[]): readonly Sweepable[] {
  const live = all.filter(({ isLive, target }) => isLive && target !== 'training');
  const chosen = live.length > 0 ? live : all.filter(({ id }) => id === 'training.learningRate');
  // The last terms of a graph are those that keep it from collapsing.
  return chosen.slice(-2);
}
