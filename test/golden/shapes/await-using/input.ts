// @trace
async function transaction(pool: Pool) {
  await using connection = pool.connect(), lock = connection.lock();
  await lock.taken();
}
