// @trace
async function drain(streams: AsyncIterable<AsyncIterable<string>>) {
  let text = "";
  outer: for await (const stream of streams) {
    for await (const chunk of stream) {
      if (chunk === "") continue outer;
      text += chunk;
    }
  }
  if (text) for await (const stream of streams) for await (const chunk of stream) text += chunk;
  else for await (text of await last(streams)) log(text);
  return text;
}
