// @trace
function search(query: string, { page, size = 20, ...filters }: Query, [first, , ...others]: Scope[], ...more: string[]) {
  run(query);
}

// @trace { inputs: ["query"] }
function login(query: string, password: string) {
  run(query);
}

// @trace { inputs: false }
function check(password: string) {
  run(password);
}
