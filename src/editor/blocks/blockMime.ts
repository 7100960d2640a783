/** The type of a dragged block of the palette; its data is the block's id. */
export const BLOCK_MIME = 'application/x-basin-block';
