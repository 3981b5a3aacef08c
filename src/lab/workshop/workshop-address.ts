/** What asks for the workshop in the address of a page: `lab?chatops=workshop`. */
const NAME = 'chatops';
const VALUE = 'workshop';

/** Whether an address asks for the workshop. */
export function asksForWorkshop(address: string): boolean {
  return new URL(address).searchParams.get(NAME) === VALUE;
}

/** The same address without asking for the workshop. */
export function withoutWorkshop(address: string): string {
  const url = new URL(address);
  url.searchParams.delete(NAME);
  return url.href;
}
