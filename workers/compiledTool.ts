import { documentChange, type DocumentChange } from '../src/compiler/programs/documentChange';
import { success, type Result } from '../src/core/result';
import type { BasinDocument } from '../src/document/schema';
import type { Registry } from '../src/graph/registry';

interface Compiled<Tool> {
  readonly document: BasinDocument;
  readonly purpose: string;
  readonly tool: Tool;
}

export interface CompiledToolOptions<Tool, Purpose> {
  readonly registry: Registry;
  compile(document: BasinDocument, purpose: Purpose): Promise<Result<Tool>>;
  /** What tells one purpose from another; the same for all where there is but one. */
  purposeOf?(purpose: Purpose): string;
  /** What of a changed document the tool is not good for any more; else that it computes something else. */
  isOutdated?(change: DocumentChange): boolean;
}

/** Something that is compiled of a document for a purpose, and kept: live values and moved nodes do not compile anew. */
export class CompiledTool<Tool extends { dispose(): void }, Purpose = undefined> {
  private kept: Compiled<Tool> | null = null;

  constructor(private readonly options: CompiledToolOptions<Tool, Purpose>) {}

  async of(document: BasinDocument, purpose: Purpose): Promise<Result<Tool>> {
    const { registry, compile, purposeOf, isOutdated } = this.options;
    const key = purposeOf?.(purpose) ?? '';
    const { kept } = this;
    if (kept !== null && kept.purpose === key) {
      const change = documentChange(kept.document, document, registry);
      if (!(isOutdated?.(change) ?? change.lowers)) return success(kept.tool);
    }
    kept?.tool.dispose();
    this.kept = null;
    const made = await compile(document, purpose);
    if (made.ok) this.kept = { document, purpose: key, tool: made.value };
    return made;
  }

  /** Lets go of it where disposing of it cannot be relied on. */
  discard(): void {
    this.kept = null;
  }
}
