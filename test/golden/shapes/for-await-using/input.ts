// @trace
async function pingAll(pool: Pool) {
  for (await using connection of pool.connections) connection.ping();
}
