/** What a place is that spans are sent to: a leaf of the table in targets.ts. */

import type { Outbox, Parcel } from "./outbox.ts";
import type { Addressee } from "./rows.ts";

/** How an attempt to send a parcel ended. The client takes out of the parcel what is done with. */
export type Outcome =
  /** All of it is done with. */
  | { readonly is: "done"; readonly dropped: readonly (readonly [code: string, spans: number])[] }
  /** What is left of it can be sent later. */
  | { readonly is: "later"; readonly afterMs: number | undefined; readonly problem: Problem };

/** Something to tell the user, once. */
export interface Problem {
  /** `SW2201` and on, see docs/diagnostics.md. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** `true`: it passes by itself, and is not worth telling. */
  readonly passes?: boolean;
}

/** Sends parcels. */
export interface TargetClient {
  /** Sends a parcel; never rejects. */
  send(parcel: Parcel, outbox: Outbox): Promise<Outcome>;
  /** Whether requests hold the process from now on. */
  hold(held: boolean): void;
  close(): void;
}

/** A configured target. */
export interface Target extends Addressee {
  /** As messages name it: its kind, and its address without secrets. */
  readonly label: string;
  /** Requests at once. */
  readonly inFlight: number;
  /** Spans of one parcel. */
  readonly batch: number;
  /** Bytes of one parcel, about. */
  readonly parcelBytes: number;
  /** Milliseconds after which spans are sent, however few they are. */
  readonly delayMs: number;
  /** Spans that wait in memory where there is no store. */
  readonly queue: number;
  /** Makes ready to send. @throws Error when its settings cannot be used */
  connect(): Promise<TargetClient>;
}
