// @trace
async function drain(chunks: AsyncIterable<string>) {
  let text = "";
  for await (const chunk of chunks) {
    text += chunk;
  }
  return text;
}
