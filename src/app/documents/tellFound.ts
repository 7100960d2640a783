import { tellNotice } from '../page/notices';
import type { PageStore } from '../page/pageStore';
import type { DocumentController } from './documentController';

/** Says that what was made while the store of documents did not answer is there, and opens it. */
export function tellFound(
  page: PageStore,
  documents: Pick<DocumentController, 'found' | 'openStored'>,
): void {
  for (const { id, title } of documents.found) {
    tellNotice(page, {
      id: `found ${id}`,
      severity: 'info',
      message: `“${title}” could not be stored when you made it. It was kept beside, and is among your documents now.`,
      actions: [{ label: 'Open it', run: () => void documents.openStored(id) }],
    });
  }
}
