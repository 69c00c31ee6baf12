// @trace
async function load(ids: string[]) {
  "use strict"
  try {
    const first = await fetchOne(ids[0]!);
    return await(fetchTwo(first, await limit()));
  } catch (error) {
    await report(error);
    throw error;
  } finally {
    await close();
  }
}
