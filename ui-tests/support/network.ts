import type { Page, WebSocketRoute } from '@playwright/test';

type Frame = Record<string, unknown>;

/** What lies between the page's chat and the bot, in the hands of a test. */
export class Network {
  private isCut = false;
  private held: (() => void)[] | undefined;
  private readonly routes = new Set<WebSocketRoute>();

  /** Changes what the page sends. */
  changeOutgoing = (frame: Frame): Frame => frame;

  /** Takes hold of the connections of the page that is opened next. */
  static async of(page: Page): Promise<Network> {
    const network = new Network();
    await page.routeWebSocket(/\/chatops\/connect/, route => network.take(route));
    return network;
  }

  /** Loses every connection, and lets none come to be. */
  async cut(): Promise<void> {
    this.isCut = true;
    await Promise.all([...this.routes].map(route => route.close({ code: 1001 })));
    this.routes.clear();
  }

  /** Lets connections come to be again. */
  mend(): void {
    this.isCut = false;
  }

  /** Lets nothing through that the page sends. */
  hold(): void {
    this.held = [];
  }

  /** Lets through what was held, and whatever comes. */
  release(): void {
    const { held = [] } = this;
    this.held = undefined;
    held.forEach(send => send());
  }

  /** Sends the page something in the bot's name. */
  inject(frame: Frame): void {
    this.routes.forEach(route => route.send(JSON.stringify(frame)));
  }

  private take(route: WebSocketRoute): void {
    if (this.isCut) {
      void route.close({ code: 1001 });
      return;
    }
    const server = route.connectToServer();
    this.routes.add(route);
    route.onMessage(message => {
      const frame = this.changeOutgoing(JSON.parse(String(message)) as Frame);
      const send = (): void => server.send(JSON.stringify(frame));
      if (this.held) {
        this.held.push(send);
      } else {
        send();
      }
    });
    route.onClose(() => this.routes.delete(route));
  }
}
