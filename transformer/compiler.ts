import type ts from "typescript";
import { HostError, hostProblem } from "./host-problems.ts";

/** TypeScript's module. A process may hold several copies of it, so it is handed in wherever it is needed. */
export type TypeScript = typeof ts;

/**
 * A TypeScript that takes transformers.
 *
 * @param found what there is, which may be another version, or nothing
 * @param host its name, for messages: `spanwright/ts-patch`
 * @param packages what to install where there is none
 * @throws HostError SW3002 when transformers cannot be added to it
 */
export function withTransformers(found: Partial<TypeScript> | undefined, host: string, packages: string): TypeScript {
  const seen = found?.version === undefined ? "no TypeScript" : `TypeScript ${found.version}`;
  if (isWithTransformers(found)) return found;
  throw new HostError(hostProblem("SW3002", host, seen, `npm install --save-dev ${packages}`));
}

function isWithTransformers(found: Partial<TypeScript> | undefined): found is TypeScript {
  return found?.factory !== undefined && Number.parseInt(found.versionMajorMinor ?? "", 10) < 7;
}
