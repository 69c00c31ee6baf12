import type ts from "typescript";

/** TypeScript's module. A process may hold several copies of it, so it is handed in wherever it is needed. */
export type TypeScript = typeof ts;
