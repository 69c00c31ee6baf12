#!/usr/bin/env node
"use strict"
const { trace } = require("spanwright");
const { readFileSync } = require("node:fs");

exports.read = read;
// @trace
function read(path) {
  return readFileSync(path, "utf8");
}

// @trace
module.exports.size = (path) => read(path).length;

exports.first = function (list) {
  trace({ name: "first of list" });
  return list[0];
};
