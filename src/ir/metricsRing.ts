/**
 * Steps whose metrics a program keeps until they are read, on every engine: the row of step s is row s mod this. So many
 * steps may run between two reads.
 */
export const RING_CAPACITY = 4096;
