import { experimentIn } from '../../document/experiments/experimentIn';
import type { Experiment } from '../../document/experiments/experiment';
import type { EditorStore } from '../../editor/store/editorState';
import { selectionOf } from '../../editor/store/selection';
import type { GuideActions, GuideStore, Progress } from '../../panels/guide/guideStore';
import { outcomeOf } from '../../panels/guide/outcome';
import {
  experimentLabel,
  makeExperiment,
  takeBackExperiment,
  touchedNodes,
} from '../../panels/guide/performed';
import type { RunStore } from '../../panels/run/runStore';
import { orSay } from '../later/orSay';
import { showTab, type PageStore } from '../page/pageStore';
import type { Preferences } from '../preferences';
import type { Template } from '../templates';
import { READING_PATH } from './readingPath';

export interface GuideControllerOptions {
  readonly editor: EditorStore;
  readonly run: RunStore;
  readonly guide: GuideStore;
  readonly page: PageStore;
  readonly preferences: Preferences;
  readonly loadTemplate: (slug: string) => Promise<Template | null>;
  readonly openTemplate: (template: Template) => Promise<void>;
  readonly say: (message: string) => void;
}

/** Whether the panel is folded, whatever the document. */
export const GUIDE_OPEN = 'guide';

const progressOf = (slug: string): string => `guide.${slug}`;

/**
 * The guide of the open document: that of the template that it began as, which the document names. What a person has done of it is
 * kept by template. Which experiment the graph shows is read off the graph, so undo and redo, edits by hand and reloads need no care.
 */
export class GuideController implements GuideActions {
  private readonly unsubscribe: (() => void)[];

  constructor(private readonly options: GuideControllerOptions) {
    const { editor, run } = options;
    this.unsubscribe = [
      editor.subscribe((now, before) => {
        if (now.document.template !== before.document.template) this.follow();
        else if (now.document !== before.document) this.recognise();
      }),
      run.subscribe((now, before) => {
        const { since } = options.guide.getState();
        // Another run has begun.
        if (now.step < since) options.guide.setState({ since: now.step });
        if (now.report !== before.report || now.state !== before.state) this.noteOutcome();
      }),
    ];
    this.follow();
  }

  dispose(): void {
    for (const stop of this.unsubscribe) stop();
  }

  setOpen = (isOpen: boolean): void => {
    this.options.preferences.set(GUIDE_OPEN, isOpen ? 'open' : 'folded');
    this.options.guide.setState({ isOpen });
  };

  make = (experiment: Experiment): void => {
    const { editor } = this.options;
    const { guide } = this.options.guide.getState();
    if (guide === null || editor.getState().document.template !== guide.slug) return;
    editor.endGesture();
    const edit = makeExperiment(guide, experiment, this.active, editor.registry);
    if (!editor.edit(edit)) return;
    const nodes = touchedNodes(experiment, editor.getState().document);
    if (nodes.length > 0) editor.select(selectionOf({ nodes }));
    this.note(experiment.id, 'done');
  };

  takeBack = (): void => {
    const { editor } = this.options;
    const { guide } = this.options.guide.getState();
    const { active } = this;
    if (guide === null || active === null) return;
    // As the last step it is undone, so that it can be made again by redo.
    if (editor.getState().undoLabel === experimentLabel(active)) return editor.undo();
    editor.endGesture();
    editor.edit(takeBackExperiment(guide, active));
  };

  look = ({ id, edits, tab }: Experiment): void => {
    if (tab !== undefined) showTab(this.options.page, tab);
    if (edits.length === 0) this.note(id, 'done');
  };

  light = (nodeIds: readonly string[]): void => this.options.editor.overlays.setLit(nodeIds);

  openNext = (): void => {
    const next = this.options.guide.getState().guide?.next;
    if (!next) return;
    const open = async (): Promise<void> => {
      const template = await this.options.loadTemplate(next.slug);
      if (template !== null) await this.options.openTemplate(template);
    };
    orSay(this.options.say, open());
  };

  private get active(): Experiment | null {
    const { guide, activeId } = this.options.guide.getState();
    return guide?.experiments.find(({ id }) => id === activeId) ?? null;
  }

  private follow(): void {
    orSay(this.options.say, this.load());
  }

  private async load(): Promise<void> {
    const { editor, guide, loadTemplate } = this.options;
    const slug = editor.getState().document.template;
    // The panel stays as it is until there is another guide for it.
    const template = slug === undefined ? null : await loadTemplate(slug);
    // Another document may be open by now.
    if (editor.getState().document.template !== slug) return;
    if (template === null) {
      guide.setState({ guide: null, activeId: null, since: 0, progress: {} });
      return;
    }
    const { about, experiments, document: original } = template;
    const index = READING_PATH.indexOf(template.slug);
    const place = index < 0 ? null : { step: index + 1, of: READING_PATH.length };
    guide.setState({
      guide: { slug: template.slug, about, experiments, original, place, next: null },
      activeId: null,
      since: 0,
      progress: this.keptProgress(template.slug),
    });
    this.recognise();
    const following = place && READING_PATH[place.step];
    if (!following) return;
    const next = await loadTemplate(following);
    const current = guide.getState().guide;
    if (next === null || current?.slug !== template.slug) return;
    guide.setState({ guide: { ...current, next: { slug: next.slug, title: next.about.title } } });
  }

  private recognise(): void {
    const { editor, run } = this.options;
    const { guide, activeId } = this.options.guide.getState();
    const { document } = editor.getState();
    if (guide === null || document.template !== guide.slug) return;
    const shown = experimentIn(document, guide.original, guide.experiments)?.id ?? null;
    if (shown === activeId) return;
    this.options.guide.setState({ activeId: shown, since: run.getState().step });
  }

  private noteOutcome(): void {
    const { active } = this;
    const { since } = this.options.guide.getState();
    if (active?.expect?.verdict === undefined) return;
    const { kind } = outcomeOf(active.expect, this.options.run.getState(), since);
    if (kind === 'held') this.note(active.id, 'held');
  }

  private note(id: string, progress: Progress): void {
    const { guide, progress: before } = this.options.guide.getState();
    if (guide === null || before[id] === 'held' || before[id] === progress) return;
    const after = { ...before, [id]: progress };
    this.options.guide.setState({ progress: after });
    this.options.preferences.set(progressOf(guide.slug), JSON.stringify(after));
  }

  private keptProgress(slug: string): Record<string, Progress> {
    try {
      const kept: unknown = JSON.parse(this.options.preferences.get(progressOf(slug)) ?? '{}');
      const entries = Object.entries(kept ?? {}) as [string, unknown][];
      return Object.fromEntries(
        entries.filter((entry): entry is [string, Progress] =>
          ['done', 'held'].includes(String(entry[1])),
        ),
      );
    } catch {
      return {};
    }
  }
}
