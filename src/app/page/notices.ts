import type { Notice } from './notice';
import type { PageStore } from './pageStore';

/** Says it, in place of one with the same id. */
export function tellNotice(page: PageStore, notice: Notice): void {
  page.setState(({ notices }) => ({
    notices: [...notices.filter(({ id }) => id !== notice.id), notice],
  }));
}

export function dropNotice(page: PageStore, id: string): void {
  page.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
