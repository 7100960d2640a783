/** Flags of WebGPU by their fixed numbers: Node's implementation does not put the names on the global scope. */
export const BUFFER_MAP_READ = 0x0001;
export const BUFFER_COPY_SRC = 0x0004;
export const BUFFER_COPY_DST = 0x0008;
export const BUFFER_STORAGE = 0x0080;
export const MAP_READ = 0x0001;
export const STAGE_COMPUTE = 0x4;
