import type { Use } from '../../editor/inspector/uses';
import type { Template } from '../templates';
import { READING_PATH } from './readingPath';

/** Templates with a node of a kind: those of the reading path in its order, then the others as the gallery has them. */
export function usesOf(
  kind: string,
  templates: readonly Template[],
  open: (template: Template) => void,
): readonly Use[] {
  const place = ({ slug }: Template): number => {
    const index = READING_PATH.indexOf(slug);
    return index < 0 ? READING_PATH.length : index;
  };
  return templates
    .filter(({ document }) => document.nodes.some((node) => node.kind === kind))
    .sort((a, b) => place(a) - place(b))
    .map((template) => ({
      id: template.slug,
      title: template.about.title,
      place: template.about.section,
      open: () => open(template),
    }));
}
