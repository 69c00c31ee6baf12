class Square extends Shape {
  // @trace
  constructor() {
    super(side());
    function side() {
      return 1;
    }
  }
}
