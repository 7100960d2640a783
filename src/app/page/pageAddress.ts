export type PageAddress = Pick<Location, 'pathname' | 'search' | 'hash'>;

/** A fragment whose `#` was escaped on the way, perhaps several times: browsers take it for the end of what stands before. */
export const ESCAPED_FRAGMENT = /%(?:25)*23.*/s;

/** The fragment of the page's address, where a link would be; empty when there is none. */
export function addressedLink({ pathname, search, hash }: PageAddress): string {
  if (hash !== '') return hash;
  return ESCAPED_FRAGMENT.exec(search)?.[0] ?? ESCAPED_FRAGMENT.exec(pathname)?.[0] ?? '';
}

/** The address without it. */
export function withoutLink({ pathname, search }: PageAddress): string {
  return pathname.replace(ESCAPED_FRAGMENT, '') + search.replace(ESCAPED_FRAGMENT, '');
}
