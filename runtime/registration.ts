/**
 * What is registered with OpenTelemetry's API in this process, by whichever copy of the API. A copy shows
 * nothing that an older one has registered, and adds nothing to what one of another version has.
 */

import { report } from "./diagnostics.ts";
import { installedVersion } from "./platform.ts";

/** The global in which all copies of version 1 keep what is registered, with the version of the first that did. */
const PARTS = Symbol.for("opentelemetry.js.api.1");

/** What is registered as a part of the API, `undefined` when nothing is. */
export function registeredPart(name: "context" | "trace"): unknown {
  return property(name);
}

/** Says that the provider is used although the runtime's own copy of the API does not show it. */
export function reportOlderCopy(): void {
  reportCopies(
    `a TracerProvider was registered with version ${registeredVersion()}, and spanwright loads a newer one. Traced functions use that provider; whatever else loads the newer copy does not`,
  );
}

/** Says that the API took nothing of the runtime's. */
export function reportRefusal(): void {
  reportCopies(
    `something was registered with version ${registeredVersion()}, and spanwright loads another one. Traced functions are recorded; spans of other instrumentations are not`,
  );
}

/** Says so when the program has a newer copy than the runtime, which has just registered its parts. */
export function checkProgramsCopy(): void {
  const [theirs, ours] = [installedVersion("@opentelemetry/api"), registeredVersion()];
  if (theirs === undefined || !isNewer(theirs, ours)) return;
  reportCopies(
    `spanwright loads version ${ours}, and the program has ${theirs}. Traced functions are recorded; the program's own calls of the newer copy see none of their spans`,
  );
}

function reportCopies(happening: string): void {
  report(
    "SW2116",
    `there are two copies of @opentelemetry/api: ${happening}`,
    'Let every package use one version; "npm ls @opentelemetry/api" shows who brings which. SDK 2 goes with 1.9, SDK 3 with 1.10.',
  );
}

/** As the API compares versions: by the minor one alone, for all are of version 1. */
function isNewer(version: string, than: string): boolean {
  return Number(version.split(".")[1]) > Number(than.split(".")[1]);
}

function registeredVersion(): string {
  return String(property("version"));
}

function property(name: string): unknown {
  const parts: unknown = Reflect.get(globalThis, PARTS);
  return typeof parts === "object" && parts !== null ? Reflect.get(parts, name) : undefined;
}
