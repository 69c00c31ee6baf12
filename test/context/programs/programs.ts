import { LEAKS } from "./leaks.ts";
import { OPENTELEMETRY } from "./opentelemetry.ts";
import { PLATFORM } from "./platform.ts";
import type { Program } from "./program.ts";

/** The table of programs. */
export const PROGRAMS: readonly Program[] = [...LEAKS, ...PLATFORM, ...OPENTELEMETRY];
