/** A row of the conformance list: what MLflow's own tests ask of manual tracing. */

/** The row's number; what is asked; a check, or why the row does not apply. */
export type Row = readonly [id: number | `X${number}`, behaviour: string, check: (() => unknown) | string];

/** Rows that say the same of several numbers in a list. */
export const SERVER = "next: a real MLflow server";
