import { canonicalJson } from '../../document/canonical';
import type { EditorStore } from '../../editor/store/editorState';
import { download, fileName } from '../../panels/download';

/** Gives the open document out as a file. */
export function saveDocument(editor: EditorStore): void {
  const { document } = editor.getState();
  download(fileName(document.title, 'json'), canonicalJson(document), 'application/json');
}
