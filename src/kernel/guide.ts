/** What a cell finds under a name, in words for people. */
export interface Guide {
  name: string;
  /** How it is written. */
  usage: string;
  /** What it does, in one sentence. */
  summary: string;
  /** More about it, as Markdown. */
  details: string;
}

/** Everything that the kernel puts into every cell, for `%help` and for the hover. */
export const guides: readonly Guide[] = [
  {
    name: 'chat',
    usage: "await chat('hello')",
    summary: 'Says something to the bot and shows the conversation.',
    details: [
      'Resolves when the bot has handled the message; its `replies` are the texts of the answers.',
      '',
      '```ts',
      "const { replies } = await chat('hello', { user: 'Ada', room: 'ops' });",
      '```',
      '',
      '`user` is the name you speak under; `room` is the room you speak in (`notebook` when you do not say).'
    ].join('\n')
  },
  {
    name: 'why',
    usage: "await why('hello')",
    summary: 'Shows which skills matched a text, and why one of them won.',
    details: [
      'With a text it asks what the bot would do, without doing it. With the number of a message',
      '(`seq`) it shows what was done.'
    ].join('\n')
  },
  {
    name: 'bot',
    usage: 'await bot.start()',
    summary: "The workspace's bot.",
    details: [
      '| | |',
      '|---|---|',
      '| `await bot.start()` | makes sure that it runs and says where |',
      '| `await bot.state()` | where it runs, which skills are live, what is wrong |',
      '| `await bot.skills()` | the live skills, as a table |',
      "| `await bot.reload()` | loads the skills again from their files; `bot.reload('hello')` only that one |",
      '| `await bot.logs()` | the last lines of its log; `bot.logs(200)` more of them |',
      "| `await bot.memory.get('key')`, `.put('key', value)` | what this notebook remembers |",
      "| `await bot.send('text', { room: 'ops' })` | says something without being asked |",
      '| `bot.name`, `bot.workspace` | what it is called and where it works, once it was started |',
      '| `bot.hear(/pattern/, handler)` | answers the chat from this cell, see `%help bot.hear` |'
    ].join('\n')
  },
  {
    name: 'bot.hear',
    usage: 'bot.hear(/^deploy (\\w+)$/, async message => { … })',
    summary: 'Answers the chat from this cell, with the variables of the notebook.',
    details: [
      'A regular expression, or a format such as `deploy {service}`, and what is called for a message that',
      'matches. Running the cell again replaces the handler, deleting the cell takes it away. What it',
      'prints and throws appears below its cell. Every matcher of `chatops` is a method of `bot`:',
      '`bot.matchParse`, `bot.matchIntent`, `bot.matchCrontab`, `bot.matchWebhook`, …',
      '',
      '```ts',
      'bot.hear(/^deploy (\\w+)$/, async message => {',
      '  await message.respond(`Deploying ${message.match[1]}`);',
      '});',
      '```'
    ].join('\n')
  },
  {
    name: 'startFixture',
    usage: "await startFixture('chuck')",
    summary: 'Starts a small web server that stands in for an API where there is no internet.',
    details:
      "Resolves to `{ url }`. It ends with the kernel. Put the URL into the configuration of the skill that calls the API. `startFixture('slack')` serves a simulated Slack, with a page to speak on."
  },
  {
    name: 'display',
    usage: 'display(value)',
    summary: 'Shows a value below the cell, as the last expression is shown.',
    details: [
      '`display.html`, `.markdown`, `.latex`, `.svg`, `.json`, `.table`, `.image`, `.vegaLite` show text, data or',
      'a picture as such. Each returns a handle: `handle.update(value)` replaces what is shown.',
      '`display.clear()` removes what the cell has shown; `display.page(value)` shows in a pane of its own.',
      '',
      '```ts',
      'for (const file of display.progress(files)) {',
      '  // a bar fills meanwhile',
      '}',
      "const bar = display.progress(100, { label: 'Upload' });",
      "bar.advance(5, 'part 1');",
      '```',
      '',
      "An object says itself how it is shown by a method named `Symbol.for('Jupyter.display')` that returns",
      "an object such as `{ 'text/html': '<b>hello</b>' }`."
    ].join('\n')
  },
  {
    name: 'prompt',
    usage: "prompt('Your name?')",
    summary: 'Asks the person at the notebook for a line of text.',
    details:
      "`prompt(question, initial)` waits for the answer; `prompt('Token', '', { password: true })` hides what is typed."
  },
  {
    name: 'confirm',
    usage: "confirm('Really?')",
    summary: 'Asks the person at the notebook for yes or no.',
    details: 'Gives true for `y` and `yes`, and false for everything else.'
  },
  {
    name: 'comms',
    usage: "comms.open('target', data)",
    summary: 'Opens channels to widgets in the front end.',
    details: '`comms.register(target, (comm, event) => …)` answers those that the front end opens.'
  }
];

/** The guide to a name, such as `bot` or `bot.start`. */
export function guideTo(name: string): Guide | undefined {
  const [head] = name.split('.');
  return guides.find(guide => guide.name === name) ?? guides.find(guide => guide.name === head);
}

/** A guide as Markdown. */
export function guideMarkdown({ usage, summary, details }: Guide): string {
  return `\`\`\`ts\n${usage}\n\`\`\`\n\n${summary}\n\n${details}`;
}

/** A guide as plain text. */
export function guideText({ usage, summary, details }: Guide): string {
  return `${usage}\n\n${summary}\n\n${details}`;
}
