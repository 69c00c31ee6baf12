/** How long to wait before a server is asked again. */

const FIRST_MS = 500;
const MAX_MS = 30_000;

/** Longest wait that a server may ask for. */
const MAX_ASKED_MS = 10 * 60_000;

/** Exponential backoff with full jitter. */
export class Backoff {
  private failures = 0;

  /** Milliseconds to wait after one more failure. */
  next(): number {
    const ceiling = Math.min(MAX_MS, FIRST_MS * 2 ** this.failures);
    this.failures = Math.min(this.failures + 1, 16);
    return Math.random() * ceiling;
  }

  /** Something succeeded. */
  reset(): void {
    this.failures = 0;
  }
}

/**
 * Milliseconds that a `Retry-After` header asks for, in seconds or as a date,
 * https://www.rfc-editor.org/rfc/rfc9110#name-retry-after; `undefined` for anything else.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(asked) ? undefined : Math.min(MAX_ASKED_MS, Math.max(0, asked));
}
