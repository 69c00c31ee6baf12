// @trace
async function* pages(first: Pages, client: Client) {
  yield* first;
  const last = yield* client.pages();
  return last;
}
