/** Work that is done one after the other, what is urgent first. */
export class Turns {
  private readonly waiting: { urgent: boolean; work: () => Promise<void> }[] = [];
  private busy = false;

  /** Does something when it is its turn. */
  take<T>(urgent: boolean, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ urgent, work: () => work().then(resolve, reject) });
      void this.next();
    });
  }

  private async next(): Promise<void> {
    if (this.busy) {
      return;
    }
    this.busy = true;
    while (this.waiting.length > 0) {
      const urgent = this.waiting.findIndex(turn => turn.urgent);
      const [turn] = this.waiting.splice(Math.max(0, urgent), 1);
      await turn!.work();
    }
    this.busy = false;
  }
}
