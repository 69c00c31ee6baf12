// @trace { spanType: "TOOL" }
class Tools {
  search(text: string) {
    return find(text);
  }

  // @trace off
  secret() {}
}
