/** How long the bin keeps what is put there. */
export const BIN_DAYS = 30;

const DAY_MS = 24 * 3600 * 1000;

/** What was put in the bin before this has been there long enough; milliseconds since the epoch. */
export function binLimit(now = Date.now()): number {
  return now - BIN_DAYS * DAY_MS;
}

/** Days, begun ones too, that something is kept yet. */
export function daysLeft(binned: number, now = Date.now()): number {
  return Math.max(0, Math.ceil((binned - binLimit(now)) / DAY_MS));
}
