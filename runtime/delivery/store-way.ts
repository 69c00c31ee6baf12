/** The way of spans into the embedded store, and from there to the targets. */

import { resource } from "../resource.ts";
import { type QueueWay, StoreQueue } from "./queue.ts";
import type { RetentionOptions } from "./retention.ts";
import { Sender } from "./sender.ts";
import { openStore } from "./store.ts";
import { openStoreOutbox } from "./store-outbox.ts";
import type { Target } from "./target.ts";

export interface StoreWay {
  readonly queue: StoreQueue;
  /** What sends from the store. */
  readonly senders: readonly Sender[];
}

/**
 * Makes the way; the store is opened when the first spans are written.
 *
 * @param path of the store
 * @param way `instead` takes what the store will never take, where there are targets
 * @returns `undefined` where there can be no store
 */
export function newStoreWay(
  path: string,
  targets: readonly Target[],
  retention: RetentionOptions,
  { instead, ...way }: QueueWay,
): StoreWay | undefined {
  const attributes = targets.length === 0 ? undefined : JSON.stringify(resource().attributes);
  const senders = targets.map((target) => new Sender(target, () => openStoreOutbox(path, target.key)));
  const written = (spans: number) => {
    for (const sender of senders) sender.wake(spans);
  };
  const queue = new StoreQueue(() => openStore(path, { resource: attributes, targets, retention }), {
    ...way,
    written,
    ...(targets.length > 0 && instead !== undefined && { instead }),
  });
  return { queue, senders };
}
