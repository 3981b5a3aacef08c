/** Emoji that people react with, by Slack's names for them. */
const NAMES: Readonly<Record<string, string>> = {
  '👍': '+1',
  '👎': '-1',
  '👌': 'ok_hand',
  '👏': 'clap',
  '🙌': 'raised_hands',
  '🙏': 'pray',
  '💪': 'muscle',
  '👋': 'wave',
  '✋': 'hand',
  '👀': 'eyes',
  '😀': 'grinning',
  '😄': 'smile',
  '😂': 'joy',
  '🙂': 'slightly_smiling_face',
  '😉': 'wink',
  '😍': 'heart_eyes',
  '😎': 'sunglasses',
  '🤔': 'thinking_face',
  '😕': 'confused',
  '😢': 'cry',
  '😭': 'sob',
  '😱': 'scream',
  '😡': 'rage',
  '❤️': 'heart',
  '💔': 'broken_heart',
  '💯': '100',
  '🔥': 'fire',
  '✨': 'sparkles',
  '⭐': 'star',
  '🎉': 'tada',
  '🚀': 'rocket',
  '✅': 'white_check_mark',
  '✔️': 'heavy_check_mark',
  '❌': 'x',
  '⛔': 'no_entry',
  '🚫': 'no_entry_sign',
  '⚠️': 'warning',
  '❓': 'question',
  '❗': 'exclamation',
  ℹ️: 'information_source',
  '🚨': 'rotating_light',
  '🐛': 'bug',
  '🔧': 'wrench',
  '🔒': 'lock',
  '🔑': 'key',
  '🔔': 'bell',
  '📌': 'pushpin',
  '📝': 'memo',
  '📦': 'package',
  '📈': 'chart_with_upwards_trend',
  '📉': 'chart_with_downwards_trend',
  '💡': 'bulb',
  '☕': 'coffee',
  '🍕': 'pizza',
  '🤖': 'robot_face',
  '🕐': 'clock1',
  '⏳': 'hourglass_flowing_sand',
  '🔴': 'red_circle',
  '🟢': 'large_green_circle',
  '🟡': 'large_yellow_circle',
  '➕': 'heavy_plus_sign',
  '➖': 'heavy_minus_sign'
};

const SYMBOLS = new Map(Object.entries(NAMES).map(([symbol, name]) => [name, symbol]));
SYMBOLS.set('thumbsup', '👍').set('thumbsdown', '👎').set('raised_hand', '✋');

const PLAIN = new Map(
  Object.entries(NAMES).map(([symbol, name]) => [symbol.replace('\u{FE0F}', ''), name])
);

/** Slack's name for an emoji; of one that is not known here, and of `:name:`, what is between the colons. */
export function emojiName(emoji: string): string {
  return PLAIN.get(emoji.replace('\u{FE0F}', '')) ?? emoji.replace(/^:(.+):$/, '$1');
}

/** The emoji of a name, or `:name:` for one that only Slack knows. */
export function emojiOf(name: string): string {
  return SYMBOLS.get(name) ?? `:${name}:`;
}
