import { zipSync } from 'fflate';
import { failure, success, type Result } from '../../core/result';
import type { EditorStore } from '../../editor/store/editorState';
import { download, fileName } from '../../panels/download';
import type { PlanClient } from '../../../workers/client';
import type { PageStore } from '../page/pageStore';

interface SavePytorchOptions {
  readonly editor: EditorStore;
  readonly page: PageStore;
  readonly planner: Pick<PlanClient, 'exportPytorch'>;
  say(message: string): void;
}

/** Gives the open document out as a PyTorch script with its weights and data, in a zip; or says why it cannot be one. */
export async function savePytorch({
  editor,
  page,
  planner,
  say,
}: SavePytorchOptions): Promise<void> {
  const { document } = editor.getState();
  const folder = fileName(document.title, 'pytorch').replace(/\.pytorch$/, '-pytorch');
  const exported = await attempt(() => planner.exportPytorch(document));
  if (!exported.ok || exported.value.files === null) {
    const { diagnostics } = exported.ok ? exported.value : exported;
    page.setState({ dialog: { kind: 'refused', source: 'export', diagnostics } });
    return;
  }
  const { files, diagnostics } = exported.value;
  const entries = [...files].map(([name, bytes]) => [`${folder}/${name}`, bytes] as const);
  const zip = zipSync(Object.fromEntries(entries), { level: 6 });
  download(`${folder}.zip`, new Blob([zip], { type: 'application/zip' }));
  const told = diagnostics.map(({ message }) => message).join(' ');
  say(`Wrote ${folder}.zip: run it with python train.py. ${told}`.trimEnd());
}

/** A worker that dies is told of as what it is. */
async function attempt<T>(make: () => Promise<T>): Promise<Result<T>> {
  try {
    return success(await make());
  } catch (error) {
    return failure({
      code: 'export.unsupported',
      severity: 'error',
      message: 'The export was broken off.',
      hint: error instanceof Error ? error.message : undefined,
    });
  }
}
