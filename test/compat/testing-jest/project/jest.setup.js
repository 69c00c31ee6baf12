const { spanMatchers } = require("spanwright/testing");

expect.extend(spanMatchers);
