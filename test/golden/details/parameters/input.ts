// @trace
function all(this: Window, a: number, { b, c: { d }, ...rest }: Row, [e, , f = 1, ...g]: List, ...h: string[]) {
  log(a);
}

// @trace { inputs: ["prompt", "arg2"] }
function some(prompt: string, apiKey: string, { model }: Settings) {
  log(prompt);
}

// @trace { inputs: false, outputs: false }
function none(password: string) {
  return check(password);
}
