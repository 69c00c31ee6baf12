// @trace
async function first(rows: Promise<Row[]>) {
  const [row] = await rows;
  return row;
}
