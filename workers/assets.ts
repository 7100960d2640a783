/**
 * Bytes of a file of `public/data`. Rejects with a message for the user when it cannot be had.
 * `baseUrl`: where the app is served from.
 */
export async function fetchAsset(name: string, baseUrl: URL): Promise<ArrayBuffer> {
  let response: Response;
  try {
    response = await fetch(new URL(`data/${name}`, baseUrl));
  } catch {
    throw new Error(`the file ${name} could not be fetched: no connection`);
  }
  if (!response.ok) {
    throw new Error(
      `the file ${name} could not be fetched: the server answered ${response.status}`,
    );
  }
  return response.arrayBuffer();
}
