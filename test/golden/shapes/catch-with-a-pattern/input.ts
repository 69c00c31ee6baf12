// @trace
async function guarded() {
  try {
    await open();
  } catch ({ message }) {
    report(message);
  }
}
