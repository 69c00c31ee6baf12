// @trace
async function guarded() {
  try {
    await open();
  } catch (error) {
    report(error);
  } finally {
    close();
  }
}
