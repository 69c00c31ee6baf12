class Account extends Base {
  // @trace
  deposit(amount: number) {
    return super.deposit(amount);
  }

  // @trace
  get balance() {
    return this.#balance;
  }

  // @trace
  withdraw = (amount: number) => this.deposit(-amount);
}
