import type { Edit } from '../../document/commands/edit';
import type { KnownKinds } from '../../document/changeSetting';
import { changedByLines, makeLines, takeBackLines } from '../../document/experiments/editLines';
import type { Experiment } from '../../document/experiments/experiment';
import { produce } from 'immer';
import type { BasinDocument } from '../../document/schema';
import type { Guide } from './guideStore';

/** What undo calls an experiment: a run or a document with it is recognised by `experimentIn`. */
export function experimentLabel({ kind, title }: Experiment): string {
  return `${kind === 'break' ? 'Break it' : 'Try'}: ${title}`;
}

/** Makes an experiment of the template alone: another one that the graph shows is taken back in the same step. */
export function makeExperiment(
  guide: Guide,
  experiment: Experiment,
  active: Experiment | null,
  kinds: KnownKinds,
): Edit {
  return {
    label: experimentLabel(experiment),
    recipe: (draft) => {
      if (active !== null) takeBackLines(draft, active.edits, guide.original);
      makeLines(draft, experiment.edits, { kinds });
    },
  };
}

export function takeBackExperiment({ original }: Guide, experiment: Experiment): Edit {
  return {
    label: `Take back: ${experiment.title}`,
    recipe: (draft) => takeBackLines(draft, experiment.edits, original),
  };
}

/** Why the experiment cannot be made in the graph as it is, by the names that nodes have in the template; null when it can. */
export function obstacleOf(
  { original }: Guide,
  experiment: Experiment,
  active: Experiment | null,
  document: BasinDocument,
  kinds: KnownKinds,
): string | null {
  const base =
    active === null
      ? document
      : produce(document, (draft) => takeBackLines(draft, active.edits, original));
  const nameOf = (nodeId: string): string =>
    original.nodes.find(({ id }) => id === nodeId)?.label ?? nodeId;
  const changed = changedByLines(base, experiment.edits, { kinds, nameOf });
  return changed.ok ? null : (changed.diagnostics[0]?.message ?? 'It does not fit the graph.');
}

/** The nodes that the edits of an experiment change or add, as far as the graph has them. */
export function touchedNodes({ edits }: Experiment, { nodes }: BasinDocument): string[] {
  const words = new Set(edits.flatMap((line) => line.split(/[^\w-]+/)));
  return nodes.flatMap(({ id }) => (words.has(id) ? [id] : []));
}
