/** A stand-in for one service, so that the workshop needs no internet. */
export interface Fixture {
  /** What it stands in for. */
  description: string;
  /** The variable of the configuration by which its address is known. */
  variable: string;
  /** The answer to a path, or nothing where there is none. */
  answer(path: string, random: () => number): unknown;
}

/** Facts in the manner of the public service, fit for every audience. */
const FACTS = [
  'Chuck Norris reads the documentation, and it thanks him.',
  'When Chuck Norris deploys on a Friday, the weekend waits.',
  'Chuck Norris has no backups. His data would not dare.',
  'Chuck Norris never restarts a server. He looks at it until it feels better.',
  'The tests of Chuck Norris pass before he has written them.',
  'Chuck Norris can match a regular expression with his eyes closed.',
  'When Chuck Norris says `reload`, the computer says `sir`.'
];

/** Stands in for https://api.chucknorris.io: `GET /jokes/random` answers a JSON object with a `value`. */
export const chuckFacts: Fixture = {
  description: 'a stand-in for https://api.chucknorris.io',
  variable: 'CHUCK_URL',
  answer(path, random) {
    if (path !== '/jokes/random') {
      return undefined;
    }
    const number = Math.floor(random() * FACTS.length);
    return { id: `fixture-${number + 1}`, value: FACTS[number] };
  }
};
