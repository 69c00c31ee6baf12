// @trace
async function transaction(pool: Pool) {
  await using connection = await pool.connect(), lock = connection.lock();
  {
    await using cursor = connection.cursor();
    cursor.read();
    await using nothing = null
    cursor.read();
  }
  for (await using handle of pool.handles) handle.ping();
  return connection.commit();
}
