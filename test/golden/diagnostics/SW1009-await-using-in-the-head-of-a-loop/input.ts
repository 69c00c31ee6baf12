// @trace
async function poll(pool: Pool) {
  for (await using connection = pool.connect(); connection.open; ) await connection.next();
}
