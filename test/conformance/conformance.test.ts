/** What MLflow's own tests ask of manual tracing, row by row; where a row does not apply, the table says why. */

import { expect, test } from "vitest";
import { CONTROL_ROWS } from "./control.ts";
import { FUNCTION_ROWS } from "./functions.ts";
import type { Row } from "./row.ts";
import { SPAN_ROWS } from "./spans.ts";
import { STORED_ROWS } from "./stored.ts";

const rows: readonly Row[] = [...FUNCTION_ROWS, ...SPAN_ROWS, ...CONTROL_ROWS, ...STORED_ROWS];

for (const [id, behaviour, check] of rows) {
  if (typeof check === "string") test.skip(`${id}: ${behaviour} (${check})`, () => {});
  else test(`${id}: ${behaviour}`, async () => void (await check()));
}

test("every row of the list is there once, and all of what MLflow lacks is checked", () => {
  const ids = rows.map(([id]) => id);
  const listed = [
    ...Array.from({ length: 110 }, (_, at) => at + 1),
    ...Array.from({ length: 11 }, (_, at) => `X${at + 1}`),
  ];
  expect(new Set(ids)).toEqual(new Set(listed));
  expect(ids.length).toBe(listed.length);
  const open = rows.filter(([, , check]) => typeof check === "string").map(([id]) => String(id));
  expect(open.filter((id) => id.startsWith("X"))).toEqual([]);
});
