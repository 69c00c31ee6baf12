import { expect as imported } from "@jest/globals";
import { recordTraces, spanMatchers } from "spanwright/testing";

imported.extend(spanMatchers);
expect.extend(spanMatchers);
const recording = recordTraces(() => 1);
const result: number = recording.result;
imported(recording).toHaveSpan({ name: /ask/, outputs: imported.any(Number) });
imported(recording).not.toHaveSpanTree("ask");
expect(recording).toHaveSpan("ask");
// @ts-expect-error an expectation has no such part
expect(recording).toHaveSpan({ nam: result });
