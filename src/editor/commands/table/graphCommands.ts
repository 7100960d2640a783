import { gravestFirst } from '../../../core/diagnostic';
import { bypassSelection } from '../arrange';
import type { Command } from '../command';
import type { CommandContext } from './commandContext';

export function graphCommands(context: CommandContext): Command[] {
  const { store, ui, views, flow, mend, pointer, state, needs } = context;
  /** What has ports to be connected: a node, or a box. */
  const connectable = (): string | null => {
    const { nodes, groups } = state().selection;
    return [...nodes, ...[...groups].filter((id) => views.boxes.has(id))].at(-1) ?? null;
  };
  const firstRemedy = () =>
    gravestFirst(store.settle().diagnostics).find(({ remedy }) => remedy)?.remedy;
  return [
    {
      id: 'graph.add',
      title: 'Add a node…',
      section: 'Graph',
      keys: ['/'],
      keywords: 'search palette insert',
      disabled: needs.writable,
      run: () => {
        const at = pointer();
        ui.setState({ search: { at, position: flow.screenToFlowPosition(at), from: null } });
      },
    },
    {
      id: 'graph.connect',
      title: 'Connect the selected node…',
      section: 'Graph',
      keys: ['C'],
      keywords: 'wire edge link port',
      onSelection: true,
      disabled: () => needs.writable() ?? (connectable() === null ? 'No node is selected.' : null),
      run: () => ui.setState({ connectFrom: connectable() }),
    },
    {
      id: 'graph.bypass',
      title: 'Bypass selected nodes',
      section: 'Graph',
      keys: ['Mod+B'],
      keywords: 'ablation disable mute',
      onSelection: true,
      disabled: needs.items,
      run: () => bypassSelection(store),
    },
    {
      id: 'graph.inspect',
      title: 'Edit the selection in the inspector',
      section: 'Graph',
      keys: ['Enter'],
      hidden: true,
      onSelection: true,
      run: () => ui.setState(({ inspectorFocus }) => ({ inspectorFocus: inspectorFocus + 1 })),
    },
    {
      id: 'graph.problems',
      title: 'Show problems',
      section: 'Graph',
      keywords: 'errors warnings lint diagnostics',
      run: () => ui.setState({ problems: true }),
    },
    {
      id: 'graph.mend',
      title: 'Mend the gravest problem',
      section: 'Graph',
      keywords: 'remedy fix repair lint collapse',
      disabled: () => needs.writable() ?? (firstRemedy() ? null : 'No problem has a remedy.'),
      run: () => {
        const remedy = firstRemedy();
        if (remedy) mend(remedy);
      },
    },
  ];
}
