import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { testStore } from '../../editor/testSupport';
import { EditorProvider } from '../../editor/store/useEditor';
import { createRunStore } from '../../panels/run/runStore';
import type { RunActions } from '../../panels/run/runStore';
import { RunProvider } from '../../panels/run/useRun';
import { createRunsStore } from '../../panels/runs/runsStore';
import type { RunsActions } from '../../panels/runs/runsStore';
import { RunsProvider } from '../../panels/runs/useRuns';
import { createSweepsStore } from '../../panels/sweeps/sweepsStore';
import type { SweepsActions } from '../../panels/sweeps/sweepsStore';
import { SweepsProvider } from '../../panels/sweeps/useSweeps';
import { appCommands } from '../appCommands';
import { createPageStore } from '../page/pageStore';
import { AppContext } from '../useApp';
import type { App } from '../useApp';
import { Dock } from './Dock';
import type { DockTab } from './dockTab';

// The whole of what a new tab takes: its own file, and a line in the table.
vi.mock('./dockTabs', async (original) => {
  const { DOCK_TABS } = await original<{ DOCK_TABS: readonly DockTab[] }>();
  const tides: DockTab = {
    id: 'tides',
    title: 'Tides',
    command: { title: 'Show the tides', keywords: 'moon' },
    Panel: () => <p>High water</p>,
    Mark: () => <i>now</i>,
  };
  return { DOCK_TABS: [tides, ...DOCK_TABS] };
});

function madeApp(page = createPageStore()): App {
  const app: Partial<App> = {
    editor: testStore(),
    run: createRunStore(),
    actions: {} as RunActions,
    runs: createRunsStore(),
    runsActions: {} as RunsActions,
    sweeps: createSweepsStore(),
    sweepsActions: {} as SweepsActions,
    page,
  };
  return app as App;
}

function rendered(app: App): string {
  return renderToStaticMarkup(
    <AppContext value={app}>
      <EditorProvider store={app.editor}>
        <RunProvider store={app.run} actions={app.actions}>
          <RunsProvider store={app.runs} actions={app.runsActions}>
            <SweepsProvider store={app.sweeps} actions={app.sweepsActions}>
              <Dock />
            </SweepsProvider>
          </RunsProvider>
        </RunProvider>
      </EditorProvider>
    </AppContext>,
  );
}

describe('a tab in the table', () => {
  it('is in the dock, and open where it comes first', () => {
    expect(rendered(madeApp())).not.toContain('High water');
    const html = rendered(madeApp(createPageStore({ dockOpen: true })));
    const titles = [...html.matchAll(/role="tab"[^>]*><span>([^<]*)/g)].map(([, title]) => title);
    expect(titles).toEqual([
      'Tides',
      'Training',
      'Collapse',
      'Probes',
      'Landscape',
      'Embedding',
      'Latent',
      'Sequence',
      'Kernels',
      'Runs',
      'Sweeps',
    ]);
    expect(html).toContain('Tides</span><i>now</i>');
    expect(html).toContain('High water');
  });

  it('is opened by its command', () => {
    const app = madeApp();
    const command = appCommands(app).find(({ id }) => id === 'view.tides');
    expect(command).toMatchObject({ title: 'Show the tides', keywords: 'moon', section: 'Panels' });
    command?.run();
    expect(app.page.getState().tab).toBe('tides');
  });
});
