// @trace
async function load(id: string) {
  const row = await fetchRow(id);
  return await(parse(row));
}
