// An `outputReducer` makes one output of all items of a stream. It is a function, so it needs the marker call.
//
// The span's output is "h,e,l,l,o"; its events still hold the items one by one.

import { trace } from "spanwright";

function* streamData(word: string): Generator<string> {
  trace({ outputReducer: (letters: string[]) => letters.join(",") });
  for (const letter of word) yield letter;
}

for (const letter of streamData("hello")) console.log(letter);
