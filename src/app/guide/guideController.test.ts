import { beforeEach, describe, expect, it } from 'vitest';
import type { Experiment } from '../../document/experiments/experiment';
import { setParameter } from '../../document/commands/nodeCommands';
import { removeSelection } from '../../document/commands/selectionCommands';
import { soundDocument, testStore } from '../../editor/testSupport';
import { createGuideStore } from '../../panels/guide/guideStore';
import { obstacleOf } from '../../panels/guide/performed';
import { createRunStore } from '../../panels/run/runStore';
import type { ProbeReport } from '../../probing/report';
import { createPageStore } from '../page/pageStore';
import { createPreferences } from '../preferences';
import type { Template } from '../templates';
import { loadTemplate } from '../templates';
import { GuideController } from './guideController';
import { READING_PATH } from './readingPath';

const experiment = (id: string, edits: string[], more: Partial<Experiment> = {}): Experiment => ({
  id,
  kind: 'break',
  title: id,
  edits,
  watch: 'The encoder.',
  ...more,
});

const WIDE = experiment('wide', ['encoder.width=64']);
const FREE = experiment('free', ['distance.weight=0', 'encoder.width=32'], {
  expect: { warnings: [], verdict: ['flat energy'], steps: 100 },
});
const LOOK = experiment('look', [], { kind: 'try', tab: 'collapse' });

const original = { ...soundDocument(), template: 'made-up' };
const template: Template = {
  slug: 'made-up',
  about: { title: 'Made up', section: '§1', idea: 'Energies', summary: '', rebuilds: '', body: '' },
  document: original,
  experiments: [WIDE, FREE, LOOK],
};

function memory(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  } as unknown as Storage;
}

function setUp(storage = memory()) {
  const editor = testStore();
  const run = createRunStore();
  const guide = createGuideStore();
  const page = createPageStore();
  const controller = new GuideController({
    editor,
    run,
    guide,
    page,
    preferences: createPreferences(() => storage),
    say: () => undefined,
    loadTemplate: (slug) => Promise.resolve(slug === 'made-up' ? template : null),
    openTemplate: () => Promise.resolve(),
  });
  return { editor, run, guide, page, controller, storage };
}

type Page = ReturnType<typeof setUp>;

async function opened(page: Page): Promise<Page> {
  page.editor.open(original);
  await Promise.resolve();
  await Promise.resolve();
  expect(page.guide.getState().guide?.slug).toBe('made-up');
  return page;
}

describe('a guide', () => {
  let page: Page;
  beforeEach(async () => {
    page = await opened(setUp());
  });

  const width = (): unknown =>
    page.editor.getState().document.nodes.find(({ id }) => id === 'encoder')?.params['width'];
  const active = (): string | null => page.guide.getState().activeId;

  it('is that of the template which the document names, and goes with it', async () => {
    page.editor.open(soundDocument());
    expect(page.guide.getState().guide).toBeNull();
    page.editor.open({ ...soundDocument(), template: 'unknown' });
    await Promise.resolve();
    expect(page.guide.getState().guide).toBeNull();
  });

  it('makes an experiment as one step, selects what it changed, and takes it back', () => {
    page.controller.make(WIDE);
    expect([width(), active()]).toEqual([64, 'wide']);
    expect(page.editor.getState().undoLabel).toBe('Break it: wide');
    expect([...page.editor.getState().selection.nodes]).toEqual(['encoder']);
    page.controller.takeBack();
    expect(page.editor.getState().document).toEqual(original);
    expect([active(), page.editor.getState().undoLabel]).toEqual([null, null]);
    page.editor.redo();
    expect([width(), active()]).toEqual([64, 'wide']);
  });

  it('takes an experiment back after other edits, and leaves these', () => {
    page.controller.make(WIDE);
    page.editor.edit(setParameter('distance', 'weight', 7));
    page.controller.takeBack();
    const { nodes } = page.editor.getState().document;
    expect(width()).toBe(original.nodes.find(({ id }) => id === 'encoder')?.params['width']);
    expect(nodes.find(({ id }) => id === 'distance')?.params['weight']).toBe(7);
    expect(page.editor.getState().undoLabel).toBe('Take back: wide');
  });

  it('puts one experiment in the place of another', () => {
    page.controller.make(FREE);
    page.controller.make(WIDE);
    expect([width(), active()]).toEqual([64, 'wide']);
    page.controller.takeBack();
    expect([width(), active()]).toEqual([32, 'free']);
  });

  it('knows an experiment that was made by hand', () => {
    page.editor.edit(setParameter('encoder', 'width', 64));
    expect(active()).toBe('wide');
    page.editor.edit(setParameter('encoder', 'width', 63));
    expect(active()).toBeNull();
  });

  it('says what is missing by the name that it has in the template', () => {
    page.editor.edit(removeSelection({ nodes: ['distance'] }));
    const { guide } = page.guide.getState();
    const { document } = page.editor.getState();
    const { registry } = page.editor;
    const label = original.nodes.find(({ id }) => id === 'distance')?.label;
    expect(guide && obstacleOf(guide, FREE, null, document, registry)).toBe(
      `The graph has no “${label}”.`,
    );
    expect(guide && obstacleOf(guide, WIDE, null, document, registry)).toBeNull();
  });

  it('notes what was done and what held, and finds it again', async () => {
    page.controller.look(LOOK);
    page.controller.make(FREE);
    expect(page.page.getState().tab).toBe('collapse');
    expect(page.guide.getState().progress).toEqual({ look: 'done', free: 'done' });
    const report = { step: 100, verdict: 'flat energy' } as ProbeReport;
    page.run.setState({ state: 'running', step: 100, totalSteps: 200, report });
    expect(page.guide.getState().progress).toEqual({ look: 'done', free: 'held' });
    const later = await opened(setUp(page.storage));
    expect(later.guide.getState().progress).toEqual({ look: 'done', free: 'held' });
  });

  it('forgets what a run had told before', () => {
    page.run.setState({ state: 'done', step: 200, totalSteps: 200 });
    page.controller.make(FREE);
    expect(page.guide.getState().since).toBe(200);
    page.run.setState({ state: 'compiling', step: 0 });
    expect(page.guide.getState().since).toBe(0);
  });

  it('survives progress that cannot be read', async () => {
    const storage = memory();
    storage.setItem('basin.guide.made-up', '{"wide":');
    expect((await opened(setUp(storage))).guide.getState().progress).toEqual({});
    storage.setItem('basin.guide.made-up', '{"wide":5,"free":"held"}');
    expect((await opened(setUp(storage))).guide.getState().progress).toEqual({ free: 'held' });
  });
});

it('leads along templates that there are, each once', async () => {
  expect(new Set(READING_PATH).size).toBe(READING_PATH.length);
  for (const slug of READING_PATH) expect(await loadTemplate(slug), slug).not.toBeNull();
});
