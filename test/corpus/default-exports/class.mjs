export default class { constructor(value) { this.value = value; } static of(value) { return new this(value + 1); } get double() { return this.value * 2; } }
