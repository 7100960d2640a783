/** Inflates gzip data. Rejects with a message for the user when the file `name` is none. */
export async function inflate(name: string, compressed: ArrayBuffer): Promise<Uint8Array> {
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('gzip'));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new Error(`${name} cannot be inflated: it is damaged`);
  }
}
