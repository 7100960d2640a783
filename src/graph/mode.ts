/**
 * Views on, batch statistics, training rows; or views off, running statistics, held-out rows (docs/semantics.md §9); or as the
 * second, with free variables drawn from their prior instead of found.
 */
export type Mode = 'train' | 'evaluate' | 'generate';
