// @trace { spanType: SpanType.LLM, ...shared }
function ask(question: string) {}
