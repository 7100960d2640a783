import { withDocument } from '../document/pngDocument';
import type { FigureFormat } from '../editor/figure/figureFile';
import { figures } from '../editor/figure/figures';
import type { EditorStore } from '../editor/store/editorState';
import type { UiStore } from '../editor/store/uiStore';
import { download, fileName } from '../panels/download';

/** Hands the user the whole canvas as a picture. Who drops the PNG on a page opens its graph. */
export async function saveCanvas(
  format: FigureFormat,
  editor: EditorStore,
  ui: UiStore,
  say: (message: string) => void,
): Promise<void> {
  const { document } = editor.getState();
  if (document.nodes.length === 0) return say('The graph is empty: there is nothing to draw.');
  const figureFile = await figures.ask();
  const element = await new Promise<Element>((canvasFigure) => ui.setState({ canvasFigure }));
  const picture = await figureFile([element], format, { background: '--canvas' });
  ui.setState({ canvasFigure: null });
  if (picture === null) return say('The browser could not draw the canvas.');
  const name = fileName(document.title, format);
  if (format === 'svg') return download(name, picture);
  const bytes = withDocument(new Uint8Array(await picture.arrayBuffer()), document);
  download(name, new Blob([bytes], { type: 'image/png' }));
}
