import { download, fileName } from '../../panels/download';
import { tellNotice } from '../page/notices';
import type { PageStore } from '../page/pageStore';
import type { DocumentController } from './documentController';

/** Says that the document that was open last cannot be opened, why, and what can be had of it. It stays as it is. */
export async function tellPutAside(
  page: PageStore,
  documents: Pick<DocumentController, 'putAside' | 'salvage' | 'open' | 'openStored'>,
): Promise<void> {
  const { putAside } = documents;
  if (putAside === null) return;
  const { id, title, diagnostics } = putAside;
  const breaks = diagnostics.some(({ code }) => code === 'document.breaks');
  const { text, mended } = await documents.salvage(id);
  const whole = {
    label: 'Try again',
    run: () => {
      void documents.openStored(id);
    },
  };
  const copy = {
    label: 'Open a repaired copy',
    run: () => {
      if (mended !== null) void documents.open(mended, 'copy');
    },
  };
  const [reason] = diagnostics;
  const remedy = reason?.hint === undefined ? '' : ` ${reason.hint}`;
  tellNotice(page, {
    id: 'put-aside',
    severity: 'error',
    message: `“${title}” was open last and is put aside. ${reason?.message ?? ''}`,
    hint: `It is kept as it is.${remedy}`,
    actions: [
      {
        label: 'Documents…',
        stays: true,
        run: () => page.setState({ dialog: { kind: 'documents' } }),
      },
      ...(text === null
        ? []
        : [
            {
              label: 'Save it as a file',
              stays: true,
              run: () => download(fileName(title, 'json'), text, 'application/json'),
            },
          ]),
      ...(breaks ? [whole] : mended === null ? [] : [copy]),
    ],
  });
}
