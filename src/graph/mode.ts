/** Views on, batch statistics, training rows; or views off, running statistics, held-out rows (docs/semantics.md §9). */
export type Mode = 'train' | 'evaluate';
