import { NoAnswerError, withDeadline } from '../src/core/watch/withDeadline';
import { createDataStore, type DataStore } from '../src/storage/dataStore';
import { ownHash } from '../src/tables/ownAsset';

/** How long a server is waited for, and how long what it sends, in milliseconds. */
const ANSWER_MS = 30_000;
const WHOLE_MS = 300_000;

let store: DataStore | null = null;

/**
 * Bytes of a file of `public/data`, or of data that somebody brought to this browser. Rejects with a message for the user
 * when it cannot be had.
 */
export async function fetchAsset(name: string): Promise<ArrayBuffer> {
  const hash = ownHash(name);
  if (hash !== null) return ownBytes(hash);
  let response: Response;
  try {
    response = await withDeadline(
      fetch(new URL(`data/${name}`, pageUrl())),
      ANSWER_MS,
      'the server',
    );
  } catch (error) {
    const reason = error instanceof NoAnswerError ? error.message : 'no connection';
    throw new Error(`the file ${name} could not be fetched: ${reason}`);
  }
  if (!response.ok) {
    throw new Error(
      `the file ${name} could not be fetched: the server answered ${response.status}`,
    );
  }
  return withDeadline(response.arrayBuffer(), WHOLE_MS, `the file ${name}`);
}

async function ownBytes(hash: string): Promise<ArrayBuffer> {
  const bytes = await (store ??= createDataStore()).bytes(hash);
  if (bytes.ok) return bytes.value;
  const [{ code, message } = { code: '', message: '' }] = bytes.diagnostics;
  throw new Error(code === 'storage.missing' ? 'its file is not in this browser' : message);
}

/**
 * Where the page is, which data lies beside: a built worker is one folder below it, wherever that is served. In development a worker is
 * where its source is, and the page at the root.
 */
function pageUrl(): URL {
  return new URL(import.meta.env.PROD ? '..' : '/', self.location.href);
}
