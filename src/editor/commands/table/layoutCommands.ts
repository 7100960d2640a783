import { autoLayout } from '../arrange';
import type { Command } from '../command';
import type { CommandContext } from './commandContext';

export function layoutCommands({ store, views, layout, fit, needs }: CommandContext): Command[] {
  const missing = (): string | null =>
    layout === undefined ? 'No layout engine is at hand.' : null;
  const layOut = (chosen: ReadonlySet<string> | null, then: () => void): void => {
    if (layout === undefined) return;
    autoLayout(store, views, layout, chosen).then(then, (error: unknown) =>
      store.reportFault({
        code: 'run.failed',
        severity: 'error',
        message: `The automatic layout failed: ${error instanceof Error ? error.message : String(error)}`,
      }),
    );
  };
  return [
    {
      id: 'arrange.layout',
      title: 'Lay out automatically',
      section: 'Arrange',
      keys: ['Mod+Shift+L'],
      disabled: () => needs.writable() ?? missing(),
      run: () => layOut(null, () => requestAnimationFrame(() => fit())),
    },
    {
      id: 'arrange.layoutSelection',
      title: 'Lay out the selection',
      section: 'Arrange',
      keywords: 'arrange tidy order columns',
      disabled: () => needs.items() ?? missing(),
      run: () => {
        const { nodes, groups } = store.getState().selection;
        layOut(new Set([...nodes, ...groups]), () => undefined);
      },
    },
  ];
}
