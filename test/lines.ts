import { once } from "node:events";

/** Waits for words in what a stream brings from now on. */
export async function nextLine(stream: NodeJS.ReadableStream, words: string): Promise<void> {
  let text = "";
  for await (const chunk of on(stream)) {
    text += chunk;
    if (text.includes(words)) return;
  }
  throw new Error(`the stream ended without "${words}":\n${text}`);
}

/** What a stream brings; leaving does not destroy it, as its own iterator would. */
async function* on(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  for (;;) yield String((await once(stream, "data"))[0]);
}
