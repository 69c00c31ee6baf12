// @trace
async function find(rows: AsyncIterable<Row[]>) {
  rows: for await (const row of rows)
    for (const cell of row) if (cell.empty) continue rows;
}
