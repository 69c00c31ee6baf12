// @trace
function* count(limit: number): Generator<number, string, boolean> {
  for (let i = 0; i < limit; i++) {
    const stop = yield i;
    if (stop) return "stopped";
  }
  yield* rest(limit);
  yield
  return "done";
}

// @trace
async function* pages(client: Client) {
  for (const page of await client.pages()) yield page;
  yield* client.more();
}
