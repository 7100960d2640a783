import { commands } from './commands';
import { documents } from './documents';
import { addresses, links } from './links';
import type { Target } from './target';
import { weights } from './weights';

/** Everything that is attacked. */
export const TARGETS: readonly Target[] = [documents, links, addresses, weights, commands];
