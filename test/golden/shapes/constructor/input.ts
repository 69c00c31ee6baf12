class Base {
  // @trace
  constructor(readonly id: number) {
    register(this);
  }
}
