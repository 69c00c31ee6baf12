// @trace { spanType: "TOOL" }
class Tools {
  search(text: string) {
    return find(text);
  }

  // @trace off
  secret() {}

  // @trace { name: "clock" }
  static now() {
    return Date.now();
  }
}
