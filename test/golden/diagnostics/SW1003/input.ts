// @trace { nam: "x" }
function misspelt() {}

// @trace { colour: "red" }
function unknown() {}
