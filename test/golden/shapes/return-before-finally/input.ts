// @trace
function read(file: File) {
  try {
    return file.read();
  } finally {
    file.close();
  }
}

// @trace
function first(rows: Iterable<Row>) {
  for (const row of rows) return row;
}
