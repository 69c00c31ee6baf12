// @Trace
function ask(question: string) {}

/// @trace
const add = (x: number, y: number) => x + y;
