import type { Thing, ThingSource } from '../editor/shortcuts/things';
import { withRecent, type Recent } from '../editor/shortcuts/things';
import { formatAge } from './documents/formatAge';
import { orRefuse } from './documents/orRefuse';
import { runsTab } from './dock/tabs/runsTab';
import { showTab } from './page/pageStore';
import type { Preferences } from './preferences';
import { loadTemplates } from './templates';
import type { App } from './useApp';

/** What the command menu opens beside nodes: one entry a sort. */
export function menuThings(app: App): readonly ThingSource[] {
  return [
    {
      heading: 'Templates',
      list: async () =>
        (await loadTemplates()).map((template): Thing => ({
          id: `template:${template.slug}`,
          title: template.about.title,
          hint: template.about.section,
          words: `new example ${template.slug} ${template.about.idea} ${template.about.summary}`,
          run: () => void app.openTemplate(template),
        })),
    },
    {
      heading: 'Documents',
      list: async () => {
        await app.documents.refresh();
        const { id: open, list } = app.documents.state.getState();
        return list
          .filter(({ id }) => id !== open)
          .map(({ id, title, updated }): Thing => ({
            id: `document:${id}`,
            title: title || 'Untitled',
            hint: formatAge(updated),
            words: 'open switch',
            run: () => void orRefuse(app, app.documents.openStored(id)),
          }));
      },
    },
    {
      heading: 'Runs',
      list: async () =>
        (await app.runsActions.listed()).map(({ id, name, document, tags, updated }): Thing => ({
          id: `run:${id}`,
          title: name,
          hint: formatAge(updated),
          words: `show ${document.title} ${tags.join(' ')}`,
          run() {
            app.runsActions.setLook({ search: '', scope: null });
            app.runsActions.choose(id);
            showTab(app.page, runsTab.id);
          },
        })),
    },
  ];
}

const RECENT = 'recentCommands';

/** What was chosen lately, kept in the browser. */
export function keptRecent(preferences: Preferences): Recent {
  const list = (): readonly string[] => (preferences.get(RECENT) ?? '').split('\n').filter(Boolean);
  return {
    list,
    note: (id) => preferences.set(RECENT, withRecent(list(), id).join('\n')),
  };
}
