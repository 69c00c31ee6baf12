// @trace
async function find(groups: AsyncIterable<Row>[]) {
  groups: for (const rows of groups)
    for await (const row of rows) if (row.empty) continue groups;
}
