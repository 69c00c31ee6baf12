// @trace
async function transaction(pool: Pool) {
  if (pool.idle) {
    await using connection = pool.connect();
    connection.ping();
  }
}
