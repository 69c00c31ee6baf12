/**
 * Spans whose end hangs on an object that the program may simply drop: an iterator it stops reading, a query
 * it never awaits. They end when that object is collected, or as the process exits.
 */

import { onNode } from "./platform.ts";

/** Something that waits for an object of the program. It must not refer to that object. */
export interface Waiting {
  /** Whether it still waits. */
  readonly open: boolean;
  /** The object is gone. */
  abandon(): void;
}

const YOUNG_MS = 1000;

// Fake timers of a test that replaces the globals must not keep objects alive.
const startTimer = globalThis.setTimeout;

/**
 * Most objects are done with soon, and watching one until it is collected costs more than all the rest of its
 * span: only those that are still waited for after a second are watched. Until then they are simply kept.
 */
const young = new Map<Waiting, object>();
const watched = new Set<Waiting>();
const state: { drops: FinalizationRegistry<Waiting> | undefined; scheduled: boolean } = {
  drops: undefined,
  scheduled: false,
};

/**
 * Abandons what waits for an object when that object is collected, or when the process exits before. It waits
 * for one object at a time, the last it was given.
 */
export function abandonWith(holder: object, waits: Waiting): void {
  if (watched.delete(waits)) state.drops?.unregister(waits);
  young.set(waits, holder);
  if (!state.scheduled) schedule();
}

/** It waits no more. */
export function settledBefore(waits: Waiting): void {
  if (!young.delete(waits) && watched.delete(waits)) state.drops?.unregister(waits);
}

function schedule(): void {
  state.scheduled = true;
  if (state.drops === undefined && onNode) process.prependListener("exit", abandonAll);
  state.drops ??= new FinalizationRegistry(abandon);
  const timer = startTimer(watchYoung, YOUNG_MS);
  if (typeof timer === "object") timer.unref();
}

function watchYoung(): void {
  state.scheduled = false;
  for (const [waits, holder] of young) {
    state.drops?.register(holder, waits, waits);
    watched.add(waits);
  }
  young.clear();
}

function abandonAll(): void {
  for (const waits of [...young.keys(), ...watched]) abandon(waits);
}

function abandon(waits: Waiting): void {
  settledBefore(waits);
  if (waits.open) waits.abandon();
}
