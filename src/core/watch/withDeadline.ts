import { whileAwake } from './awakeTime';

/** What was waited for has not come. The message is a sentence without its end. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';

  /** `who`: with its article, as the subject of a sentence. */
  constructor(who: string, milliseconds: number) {
    super(`${who} did not answer within ${Math.round(milliseconds / 1000)} s`);
  }
}

/**
 * `answer`, or a rejection with `NoAnswerError` when it has not come within so many milliseconds in which this thread was awake. What is
 * answered later is nobody's.
 */
export function withDeadline<T>(answer: Promise<T>, milliseconds: number, who: string): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let left = milliseconds;
    const stop = whileAwake((elapsed) => {
      left -= elapsed;
      if (left > 0) return;
      stop();
      reject(new NoAnswerError(who, milliseconds));
    });
    answer.then(
      (value) => {
        stop();
        resolve(value);
      },
      (error: unknown) => {
        stop();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

/** Whether `answer` comes within so many milliseconds; a rejection is an answer. */
export async function comesWithin(
  milliseconds: number,
  answer: Promise<unknown>,
): Promise<boolean> {
  try {
    await withDeadline(answer, milliseconds, 'it');
    return true;
  } catch (error) {
    return !(error instanceof NoAnswerError);
  }
}
