/** How many messages the long conversation has. */
export const LONG = 10_000;

/** The files of a bot whose room has a long history. */
export function historyFiles(count: number): Record<string, string> {
  const began = Date.UTC(2026, 0, 1);
  const lines: object[] = [{ journal: 'bench', rooms: {} }];
  for (let seq = 1; seq <= count; seq++) {
    const isBot = seq % 2 === 0;
    lines.push({
      said: {
        seq,
        id: `m${seq}`,
        room: 'general',
        connector: 'panel',
        user: isBot ? { id: 'bot', name: 'chatops', bot: true } : { id: 'bob', name: 'bob' },
        text: isBot ? `Line ${seq}: **all is well**, \`web\` is up` : `line ${seq}, how is web?`,
        time: began + seq * 60_000,
        ...(isBot && { answers: seq - 1, skill: 'ping' })
      }
    });
    if (!isBot) {
      lines.push({ handled: [seq, { outcome: 'answered', skill: 'ping', duration: 1 }] });
    }
  }
  return {
    '.chatops/journal/000001.ndjson': lines.map(line => `${JSON.stringify(line)}\n`).join('')
  };
}
