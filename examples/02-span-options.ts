// What a mark may say about its span: a name of its own, a type, attributes.
//
// The options are an object of literals. `inputs` lists the parameters that the span records: the span of
// "call-local-llm" has the prompt and not the temperature.

// @trace { name: "call-local-llm", spanType: "LLM", attributes: { model: "gpt-4o-mini" }, inputs: ["prompt"] }
function invoke(prompt: string, temperature: number): string {
  return `It is sunny in ${cityOf(prompt)}, I am ${100 - temperature * 100}% sure.`;
}

// A type is one of MLflow's, such as TOOL, or any string.
/** @trace { spanType: "func", attributes: { language: "en", keywords: ["in"] } } */
function cityOf(prompt: string): string {
  return /in (\w+)/.exec(prompt)?.[1] ?? "Seattle";
}

console.log(invoke("How is the weather in Lisbon?", 0.25));
