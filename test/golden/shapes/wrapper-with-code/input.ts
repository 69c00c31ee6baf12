import { trace } from "spanwright";

export const letters = trace(function* (text: string) {
  yield* text;
}, { outputReducer: joinChunks });
