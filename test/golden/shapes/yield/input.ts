// @trace
function* count(limit: number) {
  const stop = yield limit;
  yield
  return stop;
}
