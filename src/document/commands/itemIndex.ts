import { isDraft, original } from 'immer';

interface Item {
  readonly id: string;
}

/**
 * The list as it was before the recipe. Searching that one lets Immer make drafts of what changes only: with hundreds
 * of nodes that is most of the cost of a drag. Indices hold while the recipe has not added or removed items.
 */
export function beforeRecipe<T>(items: readonly T[]): readonly T[] {
  return isDraft(items) ? ((original<unknown>(items) as readonly T[] | undefined) ?? items) : items;
}

/** Index of the item with this id, or −1. */
export function itemIndex(items: readonly Item[], id: string): number {
  return beforeRecipe(items).findIndex((item) => item.id === id);
}
