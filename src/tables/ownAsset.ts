const PREFIX = 'own/';

/** What data that somebody brought is asked for by: everything else is a file that ships with Basin. */
export function ownAsset(hash: string): string {
  return PREFIX + hash;
}

/** The hash of data that somebody brought; null for a file that ships with Basin. */
export function ownHash(asset: string): string | null {
  return asset.startsWith(PREFIX) ? asset.slice(PREFIX.length) : null;
}
