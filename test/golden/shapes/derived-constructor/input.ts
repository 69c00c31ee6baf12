class Derived extends Base {
  // @trace
  constructor(id: number) {
    const doubled = id * 2;
    super(doubled)
    this.describe();
  }
}
