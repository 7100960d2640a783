/**
 * Where the page is, which data lies beside: a built worker is one folder below it, wherever that is served. In development a worker is
 * where its source is, and the page at the root.
 */
export const PAGE_URL = new URL(import.meta.env.PROD ? '..' : '/', self.location.href);
