import { outdated } from "./outdated.ts";

/** Vitest's global setup: says so when tests of the built package would run against an old one. */
export default function warnOutdated(): void {
  const reason = outdated();
  if (reason) console.warn(`spanwright: ${reason}; "npm run build" builds it, "npm test" does so by itself.`);
}
