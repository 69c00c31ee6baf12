/** What an answer of a server, or its absence, means for the spans that were sent. */

import { type Answer, NoAnswer } from "./request.ts";
import { retryAfterMs } from "./retry.ts";
import { hideSecrets } from "./secrets.ts";
import type { Problem } from "./target.ts";

/** What to do with the spans. */
export type Verdict =
  | { readonly is: "taken" }
  /** The request is larger than the server takes. */
  | { readonly is: "tooLarge"; readonly problem: Problem }
  | {
      readonly is: "later";
      readonly afterMs: number | undefined;
      readonly problem: Problem;
      readonly uncertain: boolean;
    }
  | { readonly is: "refused"; readonly problem: Problem };

/** Statuses after which a request may be sent again, https://opentelemetry.io/docs/specs/otlp/#failures-1 */
const AGAIN: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/** The request was refused for whom it comes from or where it went, not for what it holds. */
const HELD: ReadonlySet<number> = new Set([401, 403, 404, 405, 407]);

/** Characters of a server's own words. */
const QUOTED = 200;

/**
 * @param label the target's name in messages
 * @param secrets what must not be in a message, whatever the server says
 */
export function verdictOf(answer: Answer, label: string, secrets: readonly string[]): Verdict {
  const { status } = answer;
  if (status >= 200 && status < 300) return { is: "taken" };
  const words = quoted(answer.body, secrets);
  const afterMs = retryAfterMs(answer.retryAfter, Date.now());
  if (AGAIN.has(status)) {
    const problem = {
      code: "SW2204",
      message: `${label} answers ${status}${words}; its spans wait`,
      remedy: "They are sent when it takes them again.",
    };
    return { is: "later", afterMs, problem, uncertain: status >= 500 };
  }
  if (HELD.has(status) || (status >= 300 && status < 400)) {
    const problem = {
      code: "SW2205",
      message: `${label} answers ${status}${words}; its spans wait`,
      remedy: "Correct its address, its headers or its token; redirects are not followed.",
    };
    return { is: "later", afterMs, problem, uncertain: false };
  }
  const problem = {
    code: "SW2206",
    message: `${label} refused spans with ${status}${words}`,
    remedy: "They are dropped, because the same request would be refused again. See the server's log.",
  };
  return status === 413 ? { is: "tooLarge", problem } : { is: "refused", problem };
}

/** The verdict where a request threw. */
export function verdictOfSilence(thrown: unknown, label: string): Verdict {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const { uncertain, stale } = thrown instanceof NoAnswer ? thrown : { uncertain: false, stale: false };
  const problem = {
    code: "SW2204",
    message: `${label} cannot be reached: ${message}; its spans wait`,
    remedy: "Start it, or correct its address; they are sent when it answers.",
    passes: stale,
  };
  return { is: "later", afterMs: undefined, problem, uncertain };
}

function quoted(body: Uint8Array, secrets: readonly string[]): string {
  const said = new TextDecoder().decode(body.subarray(0, 4096)).replace(/[^\x20-\x7e\u00a0-\uffff]+/g, " ");
  const text = hideSecrets(said.trim(), secrets);
  return text === "" ? "" : ` (${text.slice(0, QUOTED)})`;
}
