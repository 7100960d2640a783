import { fileURLToPath } from 'node:url';

/** The root of the checkout, with a trailing separator left off. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
