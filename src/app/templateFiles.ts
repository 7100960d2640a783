/** What a template's folder holds, unread. */
export interface TemplateFiles {
  readonly graph: unknown;
  readonly about?: string;
  readonly experiments?: unknown;
}

const GRAPHS = import.meta.glob<unknown>('../../templates/*/graph.json', {
  eager: true,
  import: 'default',
});
const EXPERIMENTS = import.meta.glob<unknown>('../../templates/*/experiments.json', {
  eager: true,
  import: 'default',
});
const ABOUTS = import.meta.glob<string>('../../templates/*/about.md', {
  eager: true,
  import: 'default',
  query: '?raw',
});

/** All of them by their folder's name: together they are less than their single requests would be. */
export const TEMPLATE_FILES: ReadonlyMap<string, TemplateFiles> = new Map(
  Object.entries(GRAPHS).map(([path, graph]) => {
    const folder = path.slice(0, path.lastIndexOf('/'));
    return [
      folder.slice(folder.lastIndexOf('/') + 1),
      {
        graph,
        about: ABOUTS[`${folder}/about.md`],
        experiments: EXPERIMENTS[`${folder}/experiments.json`],
      },
    ];
  }),
);
