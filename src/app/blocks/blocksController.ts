import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { newId } from '../../core/newId';
import type { Result } from '../../core/result';
import { blockName, blockText, readBlock, type Block } from '../../document/block';
import type { Blocks, BlocksState, KeptBlock } from '../../editor/blocks/blocks';
import type { PageStore } from '../page/pageStore';
import type { BlockStore } from '../persistence/blockStore';

export interface BlocksControllerOptions {
  readonly store: BlockStore;
  readonly page: PageStore;
  readonly say: (message: string) => void;
  /** Gives the user a file. */
  readonly download: (title: string, text: string) => void;
  readonly newId?: () => string;
}

/** The user's own blocks: what is in the palette is what this browser keeps, in all tabs. */
export class BlocksController implements Blocks {
  readonly state: StoreApi<BlocksState> = createStore<BlocksState>(() => ({ blocks: [] }));
  private readonly newId: () => string;
  private readonly unsubscribe: () => void;

  constructor(private readonly options: BlocksControllerOptions) {
    this.newId = options.newId ?? newId;
    this.unsubscribe = options.store.subscribe(() => void this.refresh());
  }

  dispose(): void {
    this.unsubscribe();
  }

  /** Asks for the name first. */
  save(block: Block): void {
    this.options.page.setState({ dialog: { kind: 'saveBlock', block } });
  }

  manage(): void {
    this.options.page.setState({ dialog: { kind: 'blocks' } });
  }

  /** Reads what the browser keeps. */
  async refresh(): Promise<void> {
    const read = await this.options.store.list();
    if (read.ok) this.state.setState({ blocks: read.value });
    else this.tell(read);
  }

  async keep({ name, fragment }: Block): Promise<void> {
    const block = { id: this.newId(), name: blockName(name), fragment };
    if (await this.done(this.options.store.put(block))) {
      this.options.say(`Kept “${block.name}” in My blocks.`);
    }
  }

  async rename(block: KeptBlock, name: string): Promise<void> {
    await this.done(this.options.store.put({ ...block, name: blockName(name) }));
  }

  async remove(id: string): Promise<void> {
    await this.done(this.options.store.remove(id));
  }

  exportFile({ name, fragment }: KeptBlock): void {
    this.options.download(name, blockText({ name, fragment }));
  }

  /** Keeps the block of a file that was dropped or chosen. */
  async importText(text: string, what: string): Promise<Result<Block>> {
    const read = readBlock(text, what);
    if (read.ok) await this.keep(read.value);
    return read;
  }

  private async done(action: Promise<Result<null>>): Promise<boolean> {
    const result = await action;
    if (!result.ok) this.tell(result);
    await this.refresh();
    return result.ok;
  }

  private tell({ diagnostics }: Result<unknown>): void {
    const [first] = diagnostics;
    if (first) this.options.say([first.message, first.hint].filter(Boolean).join(' '));
  }
}
