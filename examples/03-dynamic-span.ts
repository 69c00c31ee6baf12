// What is known only while the program runs: two ways to put it on the span.
//
// `trace({ … })` as a function's first statement marks it like the comment does, and reads parameters and
// variables. `getCurrentActiveSpan()` gives the span of the traced function that is running.

import { getCurrentActiveSpan, SpanType, trace } from "spanwright";

function invoke(prompt: string, model: string): string {
  trace({ spanType: SpanType.LLM, attributes: { model } });
  return `${model} says: ${prompt.toUpperCase()}`;
}

// @trace { spanType: "TOOL" }
function firstSentence(document: string): string {
  const sentences = document.split(". ");
  const first = sentences[0] ?? "";
  // There is none when the program was compiled without spans, hence the question marks.
  const span = getCurrentActiveSpan();
  span?.setAttributes({ sentences: sentences.length, language: "en" });
  // In place of the argument and the result, which are long:
  span?.setInputs({ beginning: document.slice(0, 20), characters: document.length });
  span?.setOutputs({ characters: first.length });
  return first;
}

// @trace
function answer(document: string): string {
  return invoke(firstSentence(document), "gpt-4o-mini");
}

console.log(answer("Spans show what a program did. They form a tree. The tree is a trace."));
