class Base {
  // @trace
  constructor(readonly id: number) {
    register(this);
  }
}

class Derived extends Base {
  // @trace
  constructor(id: number, private readonly label = "") {
    const doubled = id * 2;
    super(doubled)
    this.describe();
  }
}
