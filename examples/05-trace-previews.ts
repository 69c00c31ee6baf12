// A list of traces shows a line for what went in and what came out: the arguments and the result of the
// first function, unless the program says what tells more.

import { updateCurrentTrace } from "spanwright";

// @trace { name: "Summarization Pipeline" }
function summarizeDocument(content: string, instructions: string): string {
  updateCurrentTrace({ requestPreview: `Doc: ${content.slice(0, 30)}... Instr: ${instructions.slice(0, 30)}...` });
  const summary = `Summary of the document that starts with '${content.slice(0, 20)}...', based on '${instructions}'`;
  updateCurrentTrace({ responsePreview: `Summary: ${summary.slice(0, 50)}...` });
  return summary;
}

const document = "This is a very long document with many details about various topics. ".repeat(10);
console.log(summarizeDocument(document, "Focus on the key takeaways regarding topic X."));
