/** How the end of a program is told: by Node's events and signals, or by those of a page that goes away. */

import { inPage, onNode } from "../platform.ts";
import { type LastActs, SignalGuard } from "./signals.ts";

/** What is left to do at the end. */
export interface EndActs extends LastActs {
  /** The program has nothing left to do: a last attempt to send. */
  attempt(): void;
  /** The process ends now. */
  conclude(): void;
}

/** Whoever watches for what ends a program without telling it. */
export interface EndWatch {
  /** Spans wait in memory from now on. */
  stand(): void;
  /** None wait any more. */
  leave(): void;
}

/** Sees to it that the acts are done; once a process. */
export function watchEnd(acts: EndActs): EndWatch {
  if (onNode) {
    process.once("beforeExit", () => acts.attempt());
    process.on("exit", () => acts.conclude());
    return new SignalGuard(acts);
  }
  if (inPage) {
    // On phones the one is the last event of a page, elsewhere it may be the other.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") acts.write();
    });
    globalThis.addEventListener("pagehide", () => acts.write());
  }
  return { stand() {}, leave() {} };
}
