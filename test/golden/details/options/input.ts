/**
 * Asks the model.
 * @param question what to ask
 * @trace {
 *   name: "ask",
 *   spanType: "CHAT_MODEL",
 *   attributes: { model: "gpt-4o-mini", temperature: -0.5, stop: ["\n"], stream: false, user: null },
 *   root: true,
 *   outputs: false,
 * }
 * @returns the answer
 */
export async function ask(question: string) {
  return model(question);
}
