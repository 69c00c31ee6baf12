// A generator is a stream. Its span starts when the first item is asked for and ends with the last one.
//
// Every item is an event of the span; the outputs are the list of all of them.

// @trace
function* streamData(): Generator<number> {
  for (let i = 0; i < 5; i++) yield i;
}

for (const item of streamData()) console.log(item);
