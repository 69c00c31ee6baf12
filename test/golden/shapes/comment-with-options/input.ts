// @trace { name: "ask", spanType: "LLM", attributes: { model: "small" }, outputs: false }
function ask(question: string) {
  return model(question);
}
