/** The places where traces are read and changed: an MLflow server, or the embedded store. */

import { configured } from "../configuration.ts";
import { type MlflowOptions, type MlflowSettings, mlflowServer, serverAmong } from "../delivery/mlflow/target.ts";
import { outlet } from "../delivery/outlet.ts";
import type { Trace } from "../trace.ts";
import { embeddedStore } from "./embedded.ts";
import type { Assessment } from "./entities.ts";
import { problem } from "./failures.ts";
import type { OpenSpans, TraceStore } from "./trace-store.ts";

/** Opens a place, with everything in it that has ended in this process. */
export type Place = () => Promise<TraceStore>;

const opened: { path: string | undefined; store: (TraceStore & OpenSpans) | undefined } = {
  path: undefined,
  store: undefined,
};
const servers = new WeakMap<MlflowSettings, TraceStore>();

/**
 * The MLflow server that this process sends to, else its store.
 *
 * @throws TracingError `SW2139` when there is neither
 */
export async function place(): Promise<TraceStore> {
  configured();
  const server = serverAmong(outlet.targets);
  const found = server === undefined ? embedded() : await atServer(server);
  if (found === undefined) throw problem("noStore");
  return found;
}

/**
 * The place of a client that was given the address of a server.
 *
 * @throws TracingError `SW2130` when that is none
 */
export function placeAt(options: MlflowOptions & { readonly trackingUri: string }): Place {
  const server = mlflowServer(options);
  return async () => {
    if (server === undefined) throw problem("invalid", "trackingUri", "the address of an MLflow server, http:// or https://"); // biome-ignore format: one line
    configured();
    return atServer(server);
  };
}

/** Where this process keeps spans that were started by id; `undefined` when it has no store. */
export function openSpans(): OpenSpans | undefined {
  configured();
  return embedded();
}

/** Keeps an assessment of a trace that runs, for the server that will be told of the trace as a whole. */
export async function keepWith(trace: Trace, assessment: Assessment): Promise<void> {
  const store = embedded();
  if (store !== undefined) await store.addAssessment(assessment);
  else trace.assessments = [...(trace.assessments ?? []), assessment];
}

async function atServer(server: MlflowSettings): Promise<TraceStore> {
  // What has ended is to be there.
  await outlet.flush();
  const known = servers.get(server);
  if (known !== undefined) return known;
  const { mlflowTraces } = await import("./mlflow/traces.ts");
  const made = mlflowTraces(server);
  servers.set(server, made);
  return made;
}

function embedded(): (TraceStore & OpenSpans) | undefined {
  const path = outlet.storePath;
  if (path === undefined) return undefined;
  outlet.flushStore();
  if (opened.path !== path || opened.store === undefined) Object.assign(opened, { path, store: embeddedStore(path) });
  return opened.store;
}
