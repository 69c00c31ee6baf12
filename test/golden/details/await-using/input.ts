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

// @trace
async function blocks(pools: AsyncIterable<Pool>) {
  try {
    await pools;
  } catch {
    await using log = open();
    using file = log.file();
    await using other = open()
  }
  for await (await using pool of pools) {
    await using handle = pool.handle();
    if (handle.idle) continue;
  }
}
