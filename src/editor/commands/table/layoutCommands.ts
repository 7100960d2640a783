import { autoLayout } from '../arrange';
import type { Command } from '../command';
import type { CommandContext } from './commandContext';

export function layoutCommands({ store, views, layout, fit, needs }: CommandContext): Command[] {
  return [
    {
      id: 'arrange.layout',
      title: 'Lay out automatically',
      section: 'Arrange',
      keys: ['Mod+Shift+L'],
      disabled: () =>
        needs.writable() ?? (layout === undefined ? 'No layout engine is at hand.' : null),
      run: () => {
        if (layout === undefined) return;
        autoLayout(store, views, layout).then(
          () => requestAnimationFrame(() => fit()),
          (error: unknown) =>
            store.reportFault({
              code: 'run.failed',
              severity: 'error',
              message: `The automatic layout failed: ${error instanceof Error ? error.message : String(error)}`,
            }),
        );
      },
    },
  ];
}
