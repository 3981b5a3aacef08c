import { guideMarkdown, guideText, guideTo } from '../guide';
import type { LiveDescription, MimeBundle } from '../thread';

/**
 * What is known of a name, as people read it: the kernel's own words where there are some, else its
 * type, and the value it has now.
 */
export function descriptionBundle(
  live: LiveDescription | undefined,
  typed: MimeBundle | undefined
): MimeBundle | undefined {
  const ofKernel = live?.ofKernel;
  const guide = ofKernel === undefined ? undefined : guideTo(ofKernel);
  if (guide && (guide.name === ofKernel || !typed)) {
    return { 'text/plain': guideText(guide), 'text/markdown': guideMarkdown(guide) };
  }
  if (!live) {
    return typed;
  }
  if (!typed) {
    const text = [live.title, live.body].filter(Boolean);
    return { 'text/plain': text.join('\n\n'), 'text/markdown': codeBlock(text.join('\n')) };
  }
  return live.body === ''
    ? typed
    : {
        'text/plain': `${String(typed['text/plain'])}\n\n${live.body}`,
        'text/markdown': `${String(typed['text/markdown'])}\n\n${codeBlock(live.body)}`
      };
}

function codeBlock(text: string): string {
  return `\`\`\`typescript\n${text}\n\`\`\``;
}
