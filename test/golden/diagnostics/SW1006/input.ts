// @trace { inputs: ["prompt"] }
function ask({ prompt }: Question) {}
