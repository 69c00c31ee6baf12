// A traced function that throws: its span has the status ERROR and an `exception` event with the type, the
// message and the stack. The error reaches the caller untouched.
//
// Here the caller catches it and goes on, so its own span, and with it the trace, is OK.

// @trace
function divide(dividend: number, divisor: number): number {
  if (divisor === 0) throw new RangeError(`cannot divide ${dividend} by zero`);
  return dividend / divisor;
}

// @trace
function averages(lists: readonly (readonly number[])[]): (number | null)[] {
  return lists.map((numbers) => {
    const sum = numbers.reduce((total, number) => total + number, 0);
    try {
      return divide(sum, numbers.length);
    } catch (error) {
      console.log(`caught ${error}`);
      return null;
    }
  });
}

console.log(averages([[2, 3, 4], [], [10]]));
