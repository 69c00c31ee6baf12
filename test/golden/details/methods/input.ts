export class Account extends Base {
  // @trace
  static open(owner: string) {
    return new this(owner);
  }

  // @trace
  #audit(entry: Entry) {
    this.log.push(entry);
  }

  // @trace
  get balance() {
    return super.balance;
  }

  // @trace
  set balance(value) {
    super.balance = value;
  }

  // @trace
  async *[Symbol.asyncIterator]() {
    yield* this.entries;
  }

  // @trace
  transfer = async (to: Account, amount: number) => {
    await to.deposit(amount);
  };
}

export const api = {
  // @trace
  get version() {
    return 1;
  },
  // @trace
  async list({ page, size = 20 }: Query) {
    return query(page, size);
  },
};
