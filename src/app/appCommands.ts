import type { Command } from '../editor/commands/command';
import { blockReason } from '../panels/run/blockReason';
import { DOCK_TABS } from './dock/dockTabs';
import { engineOptions } from './engineOptions';
import { showTab } from './page/pageStore';
import { canReproduce } from './share/claimsText';
import type { App } from './useApp';
import type { ThemeChoice } from './theme/themeController';

const THEMES: Readonly<Record<ThemeChoice, string>> = {
  light: 'Light theme',
  dark: 'Dark theme',
  system: 'Theme as the system',
};

/** What the page can do beside editing: runs, documents, panels. */
export function appCommands(app: App): Command[] {
  const { actions, page, run } = app;
  const blocked = (): string | null => blockReason(app.editor.getState().analysis.diagnostics);
  const isGoing = (): boolean => ['running', 'compiling', 'lost'].includes(run.getState().state);
  const cannotStart = (): string | null => {
    const { state, stale } = run.getState();
    return isGoing() || (state === 'paused' && !stale) ? null : blocked();
  };
  const whileIdle = (): string | null => (run.getState().state === 'idle' ? 'Nothing runs.' : null);
  return [
    {
      id: 'run.toggle',
      title: 'Run or pause',
      section: 'Run',
      keys: ['Mod+Enter'],
      keywords: 'train start stop play',
      inText: true,
      disabled: cannotStart,
      run: actions.toggle,
    },
    {
      id: 'run.stop',
      title: 'Stop',
      section: 'Run',
      keys: ['Mod+.'],
      keywords: 'end cancel compile',
      inText: true,
      disabled: whileIdle,
      run: actions.stop,
    },
    {
      id: 'run.step',
      title: 'One step',
      section: 'Run',
      disabled: () => (isGoing() ? 'It is running: pause it first.' : cannotStart()),
      run: () => actions.step(),
    },
    {
      id: 'run.reset',
      title: 'Reset to step 0',
      section: 'Run',
      keywords: 'weights initial restart',
      disabled: whileIdle,
      run: actions.reset,
    },
    {
      id: 'run.anew',
      title: 'Run anew from step 0',
      section: 'Run',
      disabled: blocked,
      run: actions.runAnew,
    },
    ...engineOptions().map(({ value, command }): Command => ({
      id: `engine.${value}`,
      title: command,
      section: 'Run',
      keywords: 'engine gpu wasm cpu',
      run: () => actions.chooseEngine(value),
    })),
    {
      id: 'document.new',
      title: 'New document',
      section: 'Document',
      run: () => void app.newDocument(),
    },
    {
      id: 'document.gallery',
      title: 'Open the template gallery',
      section: 'Document',
      keywords: 'examples new',
      run: () => page.setState({ dialog: { kind: 'gallery', firstVisit: false } }),
    },
    {
      id: 'document.open',
      title: 'Open a file…',
      section: 'Document',
      keys: ['Mod+O'],
      keywords: 'json load',
      inText: true,
      run: app.chooseFile,
    },
    {
      id: 'document.save',
      title: 'Save as a JSON file',
      section: 'Document',
      keys: ['Mod+S'],
      keywords: 'export download',
      inText: true,
      run: app.saveFile,
    },
    {
      id: 'document.pytorch',
      title: 'Export as a PyTorch script',
      section: 'Document',
      keywords: 'python torch code download',
      run: app.savePytorch,
    },
    {
      id: 'document.list',
      title: 'All documents…',
      section: 'Document',
      keywords: 'rename delete recent',
      run: () => page.setState({ dialog: { kind: 'documents' } }),
    },
    {
      id: 'document.data',
      title: 'Data in this browser…',
      section: 'Document',
      keywords: 'own files csv table images remove storage',
      run: () => page.setState({ dialog: { kind: 'data' } }),
    },
    {
      id: 'document.duplicate',
      title: 'Duplicate the document',
      section: 'Document',
      run: () => void app.documents.duplicate(),
    },
    {
      id: 'document.share',
      title: 'Share by link…',
      section: 'Document',
      keywords: 'copy url',
      run: () => page.setState({ dialog: { kind: 'share' } }),
    },
    {
      id: 'document.reproduce',
      title: 'Reproduce the claimed results',
      section: 'Document',
      disabled: () => {
        const { claims } = app.editor.getState().document;
        if (claims === undefined) return 'The document claims no results.';
        return canReproduce(claims) ? blocked() : 'The document claims results of no run.';
      },
      run: app.reproduce,
    },
    {
      id: 'document.metrics',
      title: 'Save the metrics as CSV',
      section: 'Document',
      keywords: 'export download',
      disabled: () => (run.getState().metrics.length === 0 ? 'There is no run yet.' : null),
      run: () => app.saveMetrics('csv'),
    },
    {
      id: 'document.metricsLines',
      title: 'Save the metrics as JSON Lines',
      section: 'Document',
      keywords: 'export download jsonl',
      disabled: () => (run.getState().metrics.length === 0 ? 'There is no run yet.' : null),
      run: () => app.saveMetrics('jsonl'),
    },
    {
      id: 'canvas.png',
      title: 'Save the canvas as PNG',
      section: 'Document',
      keywords: 'export download image picture figure',
      run: () => app.saveCanvas('png'),
    },
    {
      id: 'canvas.svg',
      title: 'Save the canvas as SVG',
      section: 'Document',
      keywords: 'export download image picture figure vector',
      run: () => app.saveCanvas('svg'),
    },
    {
      id: 'weights.save',
      title: 'Save weights',
      section: 'Document',
      keywords: 'export download safetensors checkpoint',
      disabled: () =>
        ['idle', 'compiling'].includes(run.getState().state) ? 'No run is open.' : null,
      run: () => void app.weights.save(),
    },
    {
      id: 'weights.load',
      title: 'Load weights…',
      section: 'Document',
      keywords: 'import open safetensors checkpoint',
      run: () => app.weights.load(),
    },
    {
      id: 'runs.import',
      title: 'Import runs…',
      section: 'Document',
      keywords: 'open zip sweep load',
      run: app.runsActions.load,
    },
    {
      id: 'help.tour',
      title: 'Take the tour',
      section: 'Help',
      keywords: 'introduction first steps learn welcome onboarding',
      run: () => app.tour.start(),
    },
    {
      id: 'view.guide',
      title: 'Open or fold the guide',
      section: 'Panels',
      keywords: 'template help try break learn',
      disabled: () => (app.guide.getState().guide === null ? 'The document has no guide.' : null),
      run: () => app.guideActions.setOpen(!app.guide.getState().isOpen),
    },
    {
      id: 'view.pictures',
      title: 'Show or hide the pictures on nodes',
      section: 'View',
      keywords: 'samples images digits augmentation preview thumbnails',
      run: () => app.pictures.setOn(!app.pictures.state.getState().isOn),
    },
    {
      id: 'view.dock',
      title: 'Open or fold the dock',
      section: 'View',
      keywords: 'tabs panel bottom hide curves',
      run: () => page.setState(({ dockOpen }) => ({ dockOpen: !dockOpen })),
    },
    ...DOCK_TABS.map(({ id, command }): Command => ({
      id: `view.${id}`,
      ...command,
      section: 'Panels',
      run: () => showTab(page, id),
    })),
    ...Object.entries(THEMES).map(([choice, title]): Command => ({
      id: `theme.${choice}`,
      title,
      section: 'View',
      run: () => app.theme.choose(choice as ThemeChoice),
    })),
  ];
}
