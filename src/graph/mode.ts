/** Views on, batch statistics, training rows; or views off, running statistics, held-out rows (2-semantics 2.9). */
export type Mode = 'train' | 'evaluate';
