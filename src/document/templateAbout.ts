/** What a template's `about.md` says of it: a head of `key: value` lines between `---` lines, then Markdown. */
export interface TemplateAbout {
  readonly title: string;
  /** Figure or section of the notes. */
  readonly section: string;
  /** The idea it belongs to, for the gallery's grouping. */
  readonly idea: string;
  /** One sentence. */
  readonly summary: string;
  /** Which part of a figure or section of the notes its graph is; empty for those off the reading path. */
  readonly rebuilds: string;
  /** The Markdown: what it shows, and its source. */
  readonly body: string;
}

/** Reads an `about.md`. What the head lacks comes out as an empty string. */
export function parseTemplateAbout(text: string): TemplateAbout {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text.replaceAll('\r\n', '\n'));
  const head = new Map<string, string>();
  for (const line of (match?.[1] ?? '').split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) head.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  const field = (name: string): string => head.get(name) ?? '';
  return {
    title: field('title'),
    section: field('section'),
    idea: field('idea'),
    summary: field('summary'),
    rebuilds: field('rebuilds'),
    body: (match?.[2] ?? text).trim(),
  };
}
