abstract class Shape {
  // @trace
  abstract area(): number;
}
