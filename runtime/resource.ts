/** Who makes the spans, in the form OpenTelemetry's exporters ask for. */

import type { Attributes } from "@opentelemetry/api";
import type { Scope } from "./delivery/destination.ts";
import { environment, onNode } from "./platform.ts";

/** The part of OpenTelemetry's Resource that processors and exporters use. */
export interface Resource {
  readonly asyncAttributesPending: boolean;
  readonly attributes: Attributes;
  merge(other: Resource | null): Resource;
  getRawAttributes(): [string, Attributes[string]][];
}

/** The scope of the spans of traced functions. */
export const OWN_SCOPE: Scope = { name: "spanwright" };

/** What `init` says of who makes the spans. */
export type ResourceOptions = Readonly<Record<string, string | number | boolean>>;

const made: { given: ResourceOptions; resource: Resource | undefined } = { given: {}, resource: undefined };

/** Sets what `init` says of this process, which wins over what the environment says. */
export function describeResource(given: ResourceOptions): void {
  made.given = given;
  made.resource = undefined;
}

/** The resource of this process. Reads `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES`. */
export function resource(): Resource {
  made.resource ??= resourceOf({
    ...declaredAttributes(),
    "service.name":
      environment("OTEL_SERVICE_NAME") ??
      declaredAttributes()["service.name"] ??
      `unknown_service${onNode ? ":node" : ""}`,
    "telemetry.sdk.language": onNode ? "nodejs" : "webjs",
    "telemetry.sdk.name": "spanwright",
    ...made.given,
  });
  return made.resource;
}

/** `key=value,key=value`, percent-encoded, https://opentelemetry.io/docs/specs/otel/resource/sdk/ */
function declaredAttributes(): Record<string, string> {
  const declared: Record<string, string> = {};
  for (const pair of environment("OTEL_RESOURCE_ATTRIBUTES")?.split(",") ?? []) {
    const [key, value] = pair.split("=", 2);
    if (key === undefined || value === undefined) continue;
    declared[key.trim()] = decoded(value.trim());
  }
  return declared;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function resourceOf(attributes: Attributes): Resource {
  return {
    asyncAttributesPending: false,
    attributes,
    merge: (other) => resourceOf({ ...attributes, ...other?.attributes }),
    getRawAttributes: () => Object.entries(attributes),
  };
}
